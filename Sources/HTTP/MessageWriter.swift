internal import HTTPTypes

/// Turns heads into bytes.
enum MessageWriter {
    /// How a response's body is sent.
    enum Framing {
        /// So many bytes follow, or would for a HEAD request.
        case fixed(Int)
        /// Chunks follow.
        case chunked
        /// Bytes follow until the connection ends: for HTTP/1.0.
        case untilClose
        /// The status allows no body.
        case none
    }

    /// A response's head.
    ///
    /// Fields that speak of the connection are ours; what the handler set of them is left out.
    static func head(of response: HTTPResponse, framing: Framing, closes: Bool, saysKeepAlive: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        let status = response.status
        append("HTTP/1.1 ", String(status.code), " ", ReasonPhrase.text(of: status), "\r\n", to: &bytes)
        for field in response.headerFields where !isOurs(field.name) { append(field, to: &bytes) }
        if response.headerFields[.date] == nil { append("Date: ", HTTPDate.now, "\r\n", to: &bytes) }
        switch framing {
        case .fixed(let length): append("Content-Length: ", String(length), "\r\n", to: &bytes)
        case .chunked: append("Transfer-Encoding: chunked\r\n", to: &bytes)
        case .untilClose, .none: break
        }
        if closes {
            append("Connection: close\r\n", to: &bytes)
        } else if saysKeepAlive {
            append("Connection: keep-alive\r\n", to: &bytes)
        }
        append("\r\n", to: &bytes)
        return bytes
    }

    /// A request's head, with the fields that every request needs.
    static func head(of request: ClientRequest, authority: String) throws(HTTPError) -> [UInt8] {
        let head = request.head
        let path = head.path ?? "/"
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw HTTPError(
                code: .malformed,
                operation: "send \(head.method) \(path)",
                reason: "not a path, expected a leading slash and everything else escaped"
            )
        }
        let host = head.authority ?? authority
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw HTTPError(
                code: .malformed,
                operation: "send \(head.method) \(path)",
                reason: "a host with a blank, a control character or a letter outside ASCII"
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        append(head.method.rawValue, " ", path, " HTTP/1.1\r\n", to: &bytes)
        append("Host: ", host, "\r\n", to: &bytes)
        for field in head.headerFields where !isOurs(field.name) && field.name.canonicalName != "host" {
            append(field, to: &bytes)
        }
        if head.headerFields[.userAgent] == nil { append("User-Agent: canarygate\r\n", to: &bytes) }
        if !request.body.isEmpty || [.post, .put, .patch].contains(head.method) {
            append("Content-Length: ", String(request.body.count), "\r\n", to: &bytes)
        }
        append("\r\n", to: &bytes)
        return bytes
    }

    /// The size line before a chunk of `count` bytes.
    static func chunkHead(_ count: Int) -> [UInt8] { Array((String(count, radix: 16) + "\r\n").utf8) }

    private static func isOurs(_ name: HTTPField.Name) -> Bool {
        name == .contentLength || name == .transferEncoding || name == .connection
    }

    private static func append(_ field: HTTPField, to bytes: inout [UInt8]) {
        append(field.name.rawName, ": ", field.value, "\r\n", to: &bytes)
    }

    private static func append(_ texts: String..., to bytes: inout [UInt8]) {
        for text in texts { bytes.append(contentsOf: text.utf8) }
    }
}
