internal import Platform

/// An HTTP proxy: it is asked for a tunnel to `https` servers, and for the answers of `http` ones.
package struct ClientProxy: Hashable, Sendable, CustomStringConvertible {
    /// A host name or an IP address, an IPv6 one without brackets.
    package let host: String
    /// 1...65535; 80 where the URL names none.
    package let port: Int
    /// The value of the Proxy-Authorization field (RFC 7617); nil for none.
    let authorization: String?

    private static let expected = "expected http://host:port or http://user:password@host:port"

    /// Reads `http://user:password@host:port`, the user info percent-encoded or left out.
    ///
    /// - Throws: `HTTPError`, whose reason says what is wrong and holds no password.
    package init(url: String) throws(HTTPError) {
        guard let mark = url.firstRange(of: "://") else { throw Self.failure("no URL, \(Self.expected)") }
        let scheme = url[..<mark.lowerBound].lowercased()
        switch scheme {
        case "http": break
        case "https": throw Self.failure("a proxy that is spoken to over TLS is not supported, \(Self.expected)")
        case "socks4", "socks4a", "socks5", "socks5h":
            throw Self.failure("a SOCKS proxy is not supported, \(Self.expected)")
        default: throw Self.failure("not the URL of a proxy, \(Self.expected)")
        }
        let rest = url[mark.upperBound...].prefix { !"/?#".contains($0) }
        // What stands before the last @ is user info, as Go reads it.
        let at = rest.lastIndex(of: "@")
        let place = at.map { rest[rest.index(after: $0)...] } ?? rest
        guard let endpoint = HTTPEndpoint(url: "http://\(place)") else {
            throw Self.failure("no host and port, \(Self.expected)")
        }
        host = endpoint.host
        port = endpoint.port
        authorization = try at.map { (end) throws(HTTPError) in try Self.authorization(rest[..<end]) }
    }

    /// `http://host:port`, without user and password.
    package var description: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    private static func authorization(_ userInfo: Substring) throws(HTTPError) -> String {
        let mark = userInfo.firstIndex(of: ":") ?? userInfo.endIndex
        guard let user = PercentEncoding.decode(userInfo[..<mark]),
            let password = PercentEncoding.decode(userInfo[mark...].dropFirst())
        else { throw failure("a broken escape in user or password, expected % and two hexadecimal digits") }
        return "Basic \(Base64.encode(Array("\(user):\(password)".utf8)))"
    }

    private static func failure(_ reason: String) -> HTTPError {
        HTTPError(code: .malformed, operation: "read proxy", reason: reason)
    }
}
