internal import HTTPTypes
internal import Platform

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

    /// Bytes of a head besides its reason phrase and the handler's fields: status line 15, Date 37, Content-Length 37 or
    /// Transfer-Encoding 28, Connection 24, the empty line 2.
    private static let fixedRoom = 128

    /// A response's head, with room behind it for `room` bytes of its body.
    ///
    /// Fields that speak of the connection are ours; what the handler set of them is left out.
    static func head(
        of response: HTTPResponse,
        framing: Framing,
        closes: Bool,
        saysKeepAlive: Bool,
        room: Int = 0
    ) -> [UInt8] {
        let status = response.status
        let phrase = ReasonPhrase.text(of: status)
        var size = fixedRoom + phrase.utf8.count
        for field in response.headerFields {
            size += 4 + field.name.rawName.utf8.count
            size += unsafe field.withUnsafeBytesOfValue { value in value.count }
        }
        return [UInt8](capacity: size + room) { output in
            output.append("HTTP/1.1 ")
            output.appendDigits(status.code, count: 3)
            output.append(MessageSyntax.space)
            output.append(phrase)
            output.append("\r\n")
            appendFields(response.headerFields, to: &output)
            switch framing {
            case .fixed(let length):
                output.append("Content-Length: ")
                output.append(decimal: length)
                output.append("\r\n")
            case .chunked: output.append("Transfer-Encoding: chunked\r\n")
            case .untilClose, .none: break
            }
            if closes {
                output.append("Connection: close\r\n")
            } else if saysKeepAlive {
                output.append("Connection: keep-alive\r\n")
            }
            output.append("\r\n")
        }
    }

    /// The handler's fields, and the date where it set none.
    private static func appendFields(_ fields: HTTPFields, to output: inout OutputSpan<UInt8>) {
        var hasDate = false
        for field in fields where !isOurs(field.name) {
            hasDate = hasDate || field.name.canonicalName.utf8.count == 4 && field.name == .date
            output.append(field.name.rawName)
            output.append(": ")
            unsafe field.withUnsafeBytesOfValue { value in output.append(unsafe value.span) }
            output.append("\r\n")
        }
        guard !hasDate else { return }
        output.append("Date: ")
        HTTPDate.append(SystemClock().now(), to: &output)
        output.append("\r\n")
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
            append(field.name.rawName, ": ", field.value, "\r\n", to: &bytes)
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
        switch name.canonicalName.utf8.count {
        case 10: name == .connection
        case 14: name == .contentLength
        case 17: name == .transferEncoding
        default: false
        }
    }

    private static func append(_ texts: String..., to bytes: inout [UInt8]) {
        for text in texts { bytes.append(contentsOf: text.utf8) }
    }
}
