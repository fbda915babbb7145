/// A URL as Go's `net/url.Parse` takes it apart.
///
/// Where Go's versions differ, Go 1.26 is followed: brackets hold an IPv6 address, and a name holds no colon. Source:
/// https://pkg.go.dev/net/url#Parse.
package struct GoURL: Hashable, Sendable {
    /// Lower case; empty for a relative one.
    package let scheme: String
    /// The host without port and brackets; empty where there is none.
    package let host: String
    /// The port as written; nil where there is none.
    package let port: String?

    /// Reads `text`; nil where Go would not.
    package init?(_ text: String) {
        let whole = Array(text.utf8)
        let hash = whole.firstIndex(of: UInt8(ascii: "#")) ?? whole.count
        let bytes = whole[..<hash]
        guard GoEscapes.areWellFormed(whole[hash...]), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            return nil
        }
        guard let split = Self.splitScheme(bytes) else { return nil }
        scheme = String(decoding: split.scheme, as: UTF8.self).lowercased()
        let rest = split.rest.prefix { $0 != UInt8(ascii: "?") }
        guard let authority = Self.authority(rest, hasScheme: !split.scheme.isEmpty) else { return nil }
        host = authority.host
        port = authority.port.isEmpty ? nil : authority.port
    }

    /// The scheme, and what follows its colon; an empty scheme where there is none, nil where a colon comes first.
    private static func splitScheme(
        _ bytes: ArraySlice<UInt8>
    ) -> (scheme: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        let none = (scheme: bytes[..<bytes.startIndex], rest: bytes)
        let scheme = bytes.prefix { GoEscapes.isAlphanumeric($0) || "+-.".utf8.contains($0) }
        guard scheme.endIndex < bytes.endIndex, bytes[scheme.endIndex] == UInt8(ascii: ":") else { return none }
        guard let first = scheme.first else { return nil }
        guard !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first), !"+-.".utf8.contains(first) else { return none }
        return (scheme, bytes[(scheme.endIndex + 1)...])
    }

    /// The host and the port in `rest`, which is all between the scheme and the query; nil where `rest` is wrong.
    private static func authority(_ rest: ArraySlice<UInt8>, hasScheme: Bool) -> (host: String, port: String)? {
        let slash = UInt8(ascii: "/")
        guard rest.first == slash else {
            if hasScheme { return ("", "") }
            // The first part of a relative path may hold no colon, lest it is taken for a scheme.
            let isRight = !rest.prefix { $0 != slash }.contains(UInt8(ascii: ":")) && isPath(rest)
            return isRight ? ("", "") : nil
        }
        guard rest.starts(with: [slash, slash]), hasScheme || !rest.starts(with: [slash, slash, slash]) else {
            return isPath(rest) ? ("", "") : nil
        }
        let authority = rest.dropFirst(2).prefix { $0 != slash }
        guard isPath(rest[authority.endIndex...]) else { return nil }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return GoHost.split(authority) }
        guard GoEscapes.isUserInformation(authority[..<at]) else { return nil }
        return GoHost.split(authority[(at + 1)...])
    }

    private static func isPath(_ bytes: ArraySlice<UInt8>) -> Bool { GoEscapes.areWellFormed(bytes) }
}
