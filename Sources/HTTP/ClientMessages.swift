package import HTTPTypes

/// A request to send.
package struct ClientRequest: Sendable {
    /// Method, path with query (the endpoint's base path included), and header fields.
    ///
    /// Host, Content-Length and User-Agent are added where they are missing.
    package var head: HTTPRequest
    /// The body.
    package var body: [UInt8]
    /// Real time of the whole call: from the call to the response's head, and for a body that is collected to its end.
    package var timeout: Duration
    /// Real time from the sent request to the response's head; as long as the call may take when nil.
    package var headTimeout: Duration?
    /// Real time from the response's head to the end of its body, streamed or collected; no limit of its own when nil,
    /// as a watch has no end.
    package var bodyTimeout: Duration?
    /// How long the body of a streamed response may stay silent before it fails.
    package var idleTimeout: Duration

    /// A request for `path`, which begins with `/`.
    package init(
        method: HTTPRequest.Method,
        path: String,
        headerFields: HTTPFields = [:],
        body: [UInt8] = [],
        timeout: Duration = .seconds(30),
        headTimeout: Duration? = nil,
        bodyTimeout: Duration? = nil,
        idleTimeout: Duration = .seconds(30)
    ) {
        head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path, headerFields: headerFields)
        self.body = body
        self.timeout = timeout
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
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
