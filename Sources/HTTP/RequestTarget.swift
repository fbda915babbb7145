internal import HTTPTypes

/// What a request is for: the origin form, the absolute form, or `*` (RFC 9112 section 3.2).
enum RequestTarget {
    /// The host that the target names, if it does, and its path with the query.
    static func parse(
        _ head: Span<UInt8>,
        _ range: Range<Int>,
        method: HTTPRequest.Method
    ) throws(MessageFault) -> (authority: String?, path: String) {
        if method == .connect { throw MessageFault(status: 501, reason: "CONNECT, but this is no proxy") }
        for position in range {
            let byte = head[position]
            guard byte > 0x20, byte < 0x7f, byte != UInt8(ascii: "#") else {
                throw .malformed("a request target with a character that must be escaped")
            }
        }
        let text = MessageSyntax.text(head, range)
        if text.utf8.first == UInt8(ascii: "/") { return (nil, text) }
        if text == "*", method == .options { return (nil, text) }
        return try absolute(text, method: method)
    }

    private static func absolute(
        _ text: String,
        method: HTTPRequest.Method
    ) throws(MessageFault) -> (authority: String?, path: String) {
        guard let mark = text.firstRange(of: "://"), ["http", "https"].contains(text[..<mark.lowerBound].lowercased())
        else { throw .malformed("a request target that is neither a path nor a URL") }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard HostSyntax.isHost(authority.utf8.span) else { throw .malformed("a request target without host") }
        let path = rest.dropFirst(authority.count)
        // RFC 9112 section 3.2.4: to a server, a URL without path means all of it.
        if path.isEmpty { return (String(authority), method == .options ? "*" : "/") }
        return (String(authority), path.hasPrefix("/") ? String(path) : "/" + path)
    }
}
