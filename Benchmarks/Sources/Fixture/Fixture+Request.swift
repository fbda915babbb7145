package import HTTP

extension Fixture {
    /// A review as the server's connection reads it: the image change, unless `body` is another.
    package static func request(_ body: [UInt8]? = nil, path: String = "/mutate/deployments") throws -> ServerRequest {
        let body = try body ?? review()
        let head = """
            POST \(path)?timeout=10s HTTP/1.1\r\nHost: canarygate\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.count)\r\n\r\n
            """
        var parser = RequestParser(limits: MessageLimits())
        var offset = 0
        guard case .request(let request) = try parser.consume((Array(head.utf8) + body).span, at: &offset) else {
            preconditionFailure("the request is not whole")
        }
        return ServerRequest(head: request.head, body: request.body)
    }
}
