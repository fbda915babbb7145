internal import HTTPTypes

/// `GET /path HTTP/1.1`.
struct RequestLine {
    /// Bytes of a method: 32, the longest registered one has 17 (UPDATEREDIRECTREF).
    private static let methodLimit = 32

    let method: HTTPRequest.Method
    /// Path and query, or `*`.
    let path: String
    /// The host that the target names; nil when it is a path alone.
    let authority: String?
    let isVersion10: Bool
    /// Where the next line begins.
    let end: Int

    /// Parses the first line of `head`, which ends in CRLF at the end of `head`.
    init(_ head: Span<UInt8>, targetLimit: Int) throws(MessageFault) {
        end = head.count
        let last = end - 2
        guard ByteScan.firstControl(in: head, from: 0) == last || !Self.holdsReturn(head, before: last) else {
            throw .malformed("a carriage return within the request line")
        }
        guard let parts = Self.parts(head, before: last) else {
            throw .malformed("a request line that is not method, target and version")
        }
        isVersion10 = try Self.isVersion10(head.extracting(parts.version))
        guard parts.method.count <= Self.methodLimit else {
            // RFC 9112 section 3 asks for this status, as no such method can be known.
            throw MessageFault(status: 501, reason: "a method over \(Self.methodLimit) bytes")
        }
        guard let method = Self.method(head, parts.method) else { throw .malformed("a method that is no token") }
        self.method = method
        guard parts.target.count <= targetLimit else { throw .targetTooLong(targetLimit) }
        (authority, path) = try RequestTarget.parse(head, parts.target, method: method)
    }

    /// Whether a line that is longer than a head may be is so for its target's sake.
    static func isTargetTooLong(_ part: Span<UInt8>, targetLimit: Int) -> Bool {
        guard let start = index(of: MessageSyntax.space, in: part, from: 0, to: part.count) else { return false }
        let end = index(of: MessageSyntax.space, in: part, from: start + 1, to: part.count) ?? part.count
        return end - start - 1 > targetLimit
    }

    /// What lies between the two spaces of the line, and round them; nil when there are not just two.
    private static func parts(
        _ head: Span<UInt8>,
        before last: Int
    ) -> (method: Range<Int>, target: Range<Int>, version: Range<Int>)? {
        guard let first = index(of: MessageSyntax.space, in: head, from: 0, to: last),
            let second = index(of: MessageSyntax.space, in: head, from: first + 1, to: last),
            index(of: MessageSyntax.space, in: head, from: second + 1, to: last) == nil
        else { return nil }
        return (0..<first, first + 1..<second, second + 1..<last)
    }

    private static func index(of byte: UInt8, in head: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var position = start
        while position < end {
            if head[position] == byte { return position }
            position &+= 1
        }
        return nil
    }

    private static func holdsReturn(_ head: Span<UInt8>, before last: Int) -> Bool {
        index(of: MessageSyntax.carriageReturn, in: head, from: 0, to: last) != nil
    }

    /// Another minor version than 0 and 1 is refused, too: there is none, so whoever names it is guessing, and his next
    /// guess might be where a body ends.
    private static func isVersion10(_ version: Span<UInt8>) throws(MessageFault) -> Bool {
        let all = 0..<version.count
        if MessageSyntax.isSame(version, all, "HTTP/1.1") { return false }
        if MessageSyntax.isSame(version, all, "HTTP/1.0") { return true }
        guard version.count == 8, MessageSyntax.isSame(version, 0..<5, "HTTP/"), MessageSyntax.isDigit(version[5]),
            version[6] == UInt8(ascii: "."), MessageSyntax.isDigit(version[7])
        else { throw .malformed("a request line without HTTP version") }
        throw MessageFault(status: 505, reason: "a version other than HTTP/1.1 and HTTP/1.0")
    }

    private static func method(_ head: Span<UInt8>, _ range: Range<Int>) -> HTTPRequest.Method? {
        if MessageSyntax.isSame(head, range, "POST") { return .post }
        if MessageSyntax.isSame(head, range, "GET") { return .get }
        for position in range where !MessageSyntax.isToken(head[position]) { return nil }
        return HTTPRequest.Method(MessageSyntax.text(head, range))
    }
}
