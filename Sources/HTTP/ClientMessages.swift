package import HTTPTypes

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

    /// The URL.
    package var url: String { "\(isSecure ? "https" : "http")://\(authority)\(basePath)" }
}

/// A request to send.
package struct ClientRequest: Sendable {
    /// Method, path with query (the endpoint's base path included), and header fields.
    ///
    /// Host, Content-Length and User-Agent are added where they are missing.
    package var head: HTTPRequest
    /// The body.
    package var body: [UInt8]
    /// Real time from the call to the response's head, and for a body that is collected to its end.
    package var timeout: Duration
    /// How long the body of a streamed response may stay silent before it fails.
    package var idleTimeout: Duration

    /// A request for `path`, which begins with `/`.
    package init(
        method: HTTPRequest.Method,
        path: String,
        headerFields: HTTPFields = [:],
        body: [UInt8] = [],
        timeout: Duration = .seconds(30),
        idleTimeout: Duration = .seconds(30)
    ) {
        head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path, headerFields: headerFields)
        self.body = body
        self.timeout = timeout
        self.idleTimeout = idleTimeout
    }
}

/// A body that arrives piece by piece.
///
/// Drop it, or cancel the task that reads it, to close the connection.
package struct ClientBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    /// Gives the next piece; told whether all of the body is being collected, for which other time limits count.
    private let source: @Sendable (_ isCollecting: Bool) async throws -> [UInt8]?

    /// A body whose pieces come from `next`, nil at its end.
    package init(next: @escaping @Sendable () async throws -> [UInt8]?) { source = { _ in try await next() } }

    /// A body that is already here.
    package init(_ bytes: [UInt8]) {
        let rest = LockedPiece(bytes)
        source = { _ in rest.take() }
    }

    /// The rest of a body on its connection.
    init(_ reader: ClientBodyReader) { source = { try await reader.next(isCollecting: $0) } }

    /// Reads pieces as they arrive.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: @Sendable (_ isCollecting: Bool) async throws -> [UInt8]?

        /// The next piece, never empty; nil at the end.
        package mutating func next() async throws -> [UInt8]? { try await source(false) }
    }

    /// Reads from where the body stands.
    package func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// The whole rest of the body.
    ///
    /// - Throws: `HTTPError` when it breaks off, takes too long, or is longer than `limit` bytes; `CancellationError`
    ///   when the task was cancelled.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await source(true) {
            bytes += piece
            guard bytes.count <= limit else {
                throw HTTPError(
                    code: .bodyTooLarge,
                    operation: "read response body",
                    reason: "more than \(limit) bytes"
                )
            }
        }
        return bytes
    }
}

/// An answer: its head, and its body still to be read.
package struct ClientResponse: Sendable {
    /// Status and header fields.
    package let head: HTTPResponse
    /// The body.
    package let body: ClientBody

    /// An answer, for the client's connection and for tests.
    package init(head: HTTPResponse, body: ClientBody) {
        self.head = head
        self.body = body
    }
}

/// Sends requests to one endpoint: `HTTPClient` over the network, or a handler called in memory.
package protocol HTTPTransport: Sendable {
    /// Sends `request` and returns when the response's head is here.
    ///
    /// - Throws: `HTTPError`.
    func send(_ request: ClientRequest) async throws -> ClientResponse
}
