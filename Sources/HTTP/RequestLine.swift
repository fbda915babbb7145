internal import HTTPTypes

/// `GET /path HTTP/1.1`, and the Host that goes with it.
struct RequestLine {
    let method: HTTPRequest.Method
    /// Path and query, or `*`.
    let path: String
    /// Where the target names one, else the Host field.
    private(set) var authority: String?
    let isVersion10: Bool

    /// Parses a line without its CRLF.
    init(_ line: ArraySlice<UInt8>, targetLimit: Int) throws(MessageFault) {
        let parts = line.split(separator: MessageSyntax.space, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("a request line that is not method, target and version") }
        isVersion10 = try Self.isVersion10(parts[2])
        guard !parts[0].isEmpty, parts[0].allSatisfy(MessageSyntax.isToken),
            let method = HTTPRequest.Method(String(decoding: parts[0], as: UTF8.self))
        else { throw .malformed("a method that is no token") }
        self.method = method
        guard parts[1].count <= targetLimit else { throw .targetTooLong(targetLimit) }
        (authority, path) = try Self.target(parts[1], method: method)
    }

    private static func isVersion10(_ version: ArraySlice<UInt8>) throws(MessageFault) -> Bool {
        switch String(decoding: version, as: UTF8.self) {
        case "HTTP/1.1": return false
        case "HTTP/1.0": return true
        case let other where other.hasPrefix("HTTP/") && other.utf8.count == 8:
            throw MessageFault(status: 505, reason: "a version other than HTTP/1.1 and HTTP/1.0")
        default: throw .malformed("a request line without HTTP version")
        }
    }

    /// The origin form, the absolute form, or `*` (RFC 9112 section 3.2).
    private static func target(
        _ bytes: ArraySlice<UInt8>,
        method: HTTPRequest.Method
    ) throws(MessageFault) -> (authority: String?, path: String) {
        if method == .connect { throw MessageFault(status: 501, reason: "CONNECT, but this is no proxy") }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }) else {
            throw .malformed("a request target with a character that must be escaped")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("/") { return (nil, text) }
        if text == "*", method == .options { return (nil, text) }
        guard let mark = text.firstRange(of: "://"), ["http", "https"].contains(text[..<mark.lowerBound].lowercased())
        else { throw .malformed("a request target that is neither a path nor a URL") }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard isHost(authority), !authority.isEmpty else { throw .malformed("a request target without host") }
        let path = rest.dropFirst(authority.count)
        return (String(authority), path.hasPrefix("/") ? String(path) : "/" + path)
    }

    /// Takes the host from the fields, where there must be exactly one (RFC 9112 section 3.2); HTTP/1.0 may go without.
    mutating func settleHost(_ fields: HTTPFields) throws(MessageFault) {
        let hosts = HTTPField.Name("Host").map { fields[values: $0] } ?? []
        guard hosts.count < 2 else { throw .malformed("more than one host") }
        guard let host = hosts.first else {
            if isVersion10 { return }
            throw .malformed("no host")
        }
        guard Self.isHost(host[...]) else { throw .malformed("a host that is none") }
        if authority == nil { authority = host }
    }

    /// Whether every character may stand in a host with a port; an empty one is allowed.
    private static func isHost(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
            default: "-._~!$&'()*+;=:%[]".utf8.contains(byte)
            }
        }
    }
}
