/// The fields that say where a request is for, where its body ends and what becomes of the connection.
///
/// They are noted while all fields are checked, so that nobody has to look for them again.
struct FramingFields {
    /// How often a field comes, and where its first value stands.
    struct Note {
        private(set) var count = 0
        private(set) var value = 0..<0

        fileprivate mutating func add(_ line: FieldLine) {
            if count == 0 { value = line.value }
            count += 1
        }
    }

    private(set) var host = Note()
    private(set) var contentLength = Note()
    private(set) var expect = Note()
    private(set) var contentType = Note()
    private(set) var coding = TransferCoding()
    private(set) var hasConnection = false
    private var saysClose = false
    private var saysKeepAlive = false

    /// Checks the fields of `head` from `start` on, as `FieldLine` wants them.
    ///
    /// - Throws: `MessageFault` for a field that is none, or too many.
    init(checking head: Span<UInt8>, from start: Int, limit: Int) throws(MessageFault) {
        var position = start
        var count = 0
        while let line = try FieldLine(in: head, at: position) {
            count &+= 1
            guard count <= limit else { throw .tooManyFields(limit) }
            note(line, in: head)
            position = line.end
        }
    }

    /// Whether the connection is to serve further requests (RFC 9112 section 9.3): `close` counts more than `keep-alive`.
    func keepsAlive(isVersion10: Bool) -> Bool { !saysClose && (saysKeepAlive || !isVersion10) }

    @inline(__always)
    private mutating func note(_ line: FieldLine, in head: Span<UInt8>) {
        let name = line.name
        switch name.count {
        case 4: if MessageSyntax.isEqual(head, name, "host") { host.add(line) }
        case 6: if MessageSyntax.isEqual(head, name, "expect") { expect.add(line) }
        case 10: if MessageSyntax.isEqual(head, name, "connection") { noteConnection(line.value, in: head) }
        case 12: if MessageSyntax.isEqual(head, name, "content-type") { contentType.add(line) }
        case 14: if MessageSyntax.isEqual(head, name, "content-length") { contentLength.add(line) }
        case 17: if MessageSyntax.isEqual(head, name, "transfer-encoding") { coding.add(head, line.value) }
        default: break
        }
    }

    private mutating func noteConnection(_ value: Range<Int>, in head: Span<UInt8>) {
        hasConnection = true
        var rest: Range<Int>? = value
        while let option = MessageSyntax.takeElement(head, of: &rest) {
            if MessageSyntax.isEqual(head, option, "close") { saysClose = true }
            if MessageSyntax.isEqual(head, option, "keep-alive") { saysKeepAlive = true }
        }
    }
}
