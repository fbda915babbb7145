/// Where a request goes: `https://127.0.0.1:6443/api?limit=1`, in parts.
package struct HTTPEndpoint: Hashable, Sendable {
    /// Whether the connection is TLS.
    package let isSecure: Bool
    /// A host name or an IP address, an IPv6 one without brackets.
    package let host: String
    /// 1...65535; 443 or 80 where the URL names none.
    package let port: Int
    /// The URL's path without a trailing slash, to put before a request's own; empty for none.
    package let basePath: String

    /// An endpoint.
    package init(isSecure: Bool, host: String, port: Int, basePath: String = "") {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.basePath = basePath
    }

    /// Parses an `http` or `https` URL without user info, query and fragment; nil when it is none.
    package init?(url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        // RFC 3986 knows printable ASCII only; anything else in a Host field or a path could be taken for another line.
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"@?#".utf8.contains($0) }) else { return nil }
        while path.last == "/" { path.removeLast() }
        var host = authority
        var port = scheme == "https" ? 443 : 80
        let portMark = authority.lastIndex(of: ":")
        let bracket = authority.lastIndex(of: "]")
        if let portMark, bracket.map({ $0 < portMark }) ?? true {
            let digits = authority[authority.index(after: portMark)...]
            guard digits.utf8.first != UInt8(ascii: "+"), let number = Int(digits), (1...65_535).contains(number)
            else { return nil }
            port = number
            host = authority[..<portMark]
        }
        if host.first == "[" {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(isSecure: scheme == "https", host: String(host), port: port, basePath: String(path))
    }

    /// `host:port` with brackets round an IPv6 address, as in a Host field.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// `host:port` with brackets round an IPv6 address, the port always there: how errors name the other side.
    package var hostAndPort: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// The URL.
    package var url: String { "\(isSecure ? "https" : "http")://\(authority)\(basePath)" }
}
