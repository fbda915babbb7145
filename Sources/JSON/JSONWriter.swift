extension JSONValue {
    /// The value as JSON text without white space, keys in their order.
    ///
    /// `/` is not escaped; control characters are.
    package var serialized: [UInt8] {
        var writer = JSONWriter()
        writer.append(self)
        return writer.bytes
    }

    /// Appends the value as JSON text without white space to `bytes`.
    package func append(to bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.append(self)
        writer.append(to: &bytes)
    }

    /// The value as JSON text without white space.
    package var text: String { String(decoding: serialized, as: UTF8.self) }

    /// The value as JSON text on several lines, two spaces a level; no newline at the end.
    package var prettyText: String {
        var writer = JSONWriter(isPretty: true)
        writer.append(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The value as JSON text with the keys of every object sorted by their bytes and null members left out: the form
    /// that is hashed, equal for objects that mean the same to Kubernetes.
    ///
    /// Numbers keep their text, and null elements of arrays stay: leaving them out would move the others.
    package var canonical: [UInt8] {
        var writer = JSONWriter(isCanonical: true)
        writer.append(self)
        return writer.bytes
    }
}

extension [UInt8] {
    /// Appends `text` as it is.
    package mutating func append(raw text: StaticString) {
        // A static string lives for ever.
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends `text` as a JSON string, in quotes.
    package mutating func append(quoted text: String) {
        let bytes = text.utf8.span
        guard firstSpecialByte(in: bytes, from: 0) == bytes.count else {
            return JSONValue.string(text).append(to: &self)
        }
        append(ASCII.quote)
        // The bytes are copied within the call.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
        append(ASCII.quote)
    }
}

/// Appends values to a text, byte by byte.
struct JSONWriter: ~Copyable {
    private var sink: ByteSink
    private let isPretty: Bool
    private let isCanonical: Bool
    private var level = 0

    init(isPretty: Bool = false, isCanonical: Bool = false, capacity: Int = 64) {
        self.isPretty = isPretty
        self.isCanonical = isCanonical
        sink = ByteSink(capacity: capacity)
    }

    /// What has been written.
    var bytes: [UInt8] { sink.bytes }

    /// Runs `body` with what has been written.
    func withSpan(_ body: (Span<UInt8>) -> Void) { sink.withSpan(body) }

    /// Appends what has been written to `output`.
    func append(to output: inout [UInt8]) { sink.append(to: &output) }

    /// Appends `text` as it is.
    mutating func append(raw text: StaticString) { sink.append(raw: text) }

    /// Appends `value` and all below it.
    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: sink.append(raw: "null")
        case .bool(let flag): sink.append(raw: flag ? "true" : "false")
        case .number(let number): sink.append(number.text.utf8.span)
        case .string(let text): append(text)
        case .array(let elements): append(elements)
        case .object(let object): append(object)
        }
    }

    private mutating func append(_ elements: [JSONValue]) {
        sink.append(ASCII.openBracket)
        level += 1
        var isFirst = true
        for element in elements {
            separate(&isFirst)
            append(element)
        }
        end(with: ASCII.closeBracket, isEmpty: isFirst)
    }

    private mutating func append(_ object: JSONObject) {
        sink.append(ASCII.openBrace)
        level += 1
        var isFirst = true
        for member in isCanonical ? canonicalMembers(of: object) : object.members {
            separate(&isFirst)
            append(member.key)
            sink.append(ASCII.colon)
            if isPretty { sink.append(ASCII.space) }
            append(member.value)
        }
        end(with: ASCII.closeBrace, isEmpty: isFirst)
    }

    private func canonicalMembers(of object: JSONObject) -> [JSONObject.Member] {
        object.members.filter { !$0.value.isNull }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private mutating func separate(_ isFirst: inout Bool) {
        if !isFirst { sink.append(ASCII.comma) }
        isFirst = false
        startLine()
    }

    private mutating func end(with bracket: UInt8, isEmpty: Bool) {
        level -= 1
        if !isEmpty { startLine() }
        sink.append(bracket)
    }

    private mutating func startLine() {
        guard isPretty else { return }
        sink.append(ASCII.newline)
        for _ in 0..<level {
            sink.append(ASCII.space)
            sink.append(ASCII.space)
        }
    }

    /// Appends `text` in quotes.
    mutating func append(_ text: String) {
        sink.append(ASCII.quote)
        appendEscaped(text.utf8.span)
        sink.append(ASCII.quote)
    }

    /// Appends `text` with escapes where a string needs them; the stretches between two are copied whole.
    mutating func appendEscaped(_ text: Span<UInt8>) {
        var start = 0
        while true {
            let special = firstSpecialByte(in: text, from: start)
            sink.append(text.extracting(start..<special))
            if special == text.count { return }
            appendEscape(text[special])
            start = special + 1
        }
    }

    /// Appends `byte` of a text, with an escape where a string needs it.
    @inline(__always)
    mutating func appendEscaped(_ byte: UInt8) {
        if byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash {
            appendEscape(byte)
        } else {
            sink.append(byte)
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        sink.append(ASCII.backslash)
        switch byte {
        case ASCII.quote, ASCII.backslash: sink.append(byte)
        case 0x08: sink.append(UInt8(ascii: "b"))
        case 0x09: sink.append(UInt8(ascii: "t"))
        case 0x0A: sink.append(UInt8(ascii: "n"))
        case 0x0C: sink.append(UInt8(ascii: "f"))
        case 0x0D: sink.append(UInt8(ascii: "r"))
        default:
            sink.append(raw: byte < 0x10 ? "u000" : "u00")
            sink.append(String(byte, radix: 16).utf8.span)
        }
    }
}
