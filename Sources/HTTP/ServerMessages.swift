package import HTTPTypes

/// A whole request as a handler gets it.
package struct ServerRequest: Sendable {
    /// Method, path with query, and header fields.
    package let head: RequestHead
    /// The body, already read to its end.
    package let body: [UInt8]
    /// The subject's common name of the client certificate that the TLS layer verified; nil without one.
    package let clientCommonName: String?

    /// The organizations of that certificate's subject, which Kubernetes takes for groups; empty without one.
    package let clientOrganizations: [String]

    /// The DNS names and IP addresses of that certificate; empty without one.
    package let clientNames: [String]

    /// A request of the server's connection.
    package init(
        head: RequestHead,
        body: [UInt8] = [],
        clientCommonName: String? = nil,
        clientOrganizations: [String] = [],
        clientNames: [String] = []
    ) {
        self.head = head
        self.body = body
        self.clientCommonName = clientCommonName
        self.clientOrganizations = clientOrganizations
        self.clientNames = clientNames
    }

    /// A request, for tests and calls in memory.
    package init(
        head: HTTPRequest,
        body: [UInt8] = [],
        clientCommonName: String? = nil,
        clientOrganizations: [String] = [],
        clientNames: [String] = []
    ) {
        self.init(
            head: RequestHead(head),
            body: body,
            clientCommonName: clientCommonName,
            clientOrganizations: clientOrganizations,
            clientNames: clientNames
        )
    }

    /// The path before any `?`, as it was sent.
    package var path: Substring {
        let target = head.path ?? "/"
        return target[..<(target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
    }

    /// The query after the first `?`, as it was sent; empty without one.
    package var query: Substring {
        let target = head.path ?? "/"
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return "" }
        return target[target.utf8.index(after: mark)...]
    }
}

/// Takes the bytes of a streamed response.
package protocol ResponseBodyWriter: Sendable {
    /// Sends `bytes` as one chunk; suspends while the client is slow to take them.
    ///
    /// - Throws: when the client is gone, or does not read for the server's write timeout.
    func write(_ bytes: [UInt8]) async throws
}

/// A response's body.
package enum ServerResponseBody: Sendable {
    /// All of it; sent with a Content-Length.
    case bytes([UInt8])
    /// Written piece by piece, chunked, until the function returns. Its task is cancelled when the client goes away.
    case stream(@Sendable (any ResponseBodyWriter) async throws -> Void)
}

/// A handler's answer.
package struct ServerResponse: Sendable {
    /// Status and header fields; the server adds Date, Content-Length and Connection.
    package var head: HTTPResponse
    /// The body.
    package var body: ServerResponseBody

    /// An answer of `status` with a body of `contentType`, or without one.
    package init(
        status: HTTPResponse.Status,
        contentType: String? = nil,
        headerFields: HTTPFields = [:],
        body: ServerResponseBody = .bytes([])
    ) {
        var fields = headerFields
        if let contentType { fields[.contentType] = contentType }
        self.head = HTTPResponse(status: status, headerFields: fields)
        self.body = body
    }
}

/// Answers requests.
package protocol HTTPHandler: Sendable {
    /// The answer to `request`. It runs on the connection's event loop: do not block in it.
    func response(to request: ServerRequest) async -> ServerResponse
}
