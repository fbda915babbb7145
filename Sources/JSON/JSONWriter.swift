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
        var writer = JSONWriter(taking: &bytes)
        writer.append(self)
        bytes = writer.bytes
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
}

/// Appends values to a text, byte by byte.
struct JSONWriter {
    /// The text so far.
    private(set) var bytes: [UInt8] = []
    private let isPretty: Bool
    private let isCanonical: Bool
    private var level = 0

    init(isPretty: Bool = false, isCanonical: Bool = false, capacity: Int = 0) {
        self.isPretty = isPretty
        self.isCanonical = isCanonical
        bytes.reserveCapacity(capacity)
    }

    /// Goes on after what `text` holds, which is empty until the writer's bytes are put back.
    init(taking text: inout [UInt8]) {
        self.init()
        swap(&bytes, &text)
    }

    /// Appends `text` as it is.
    mutating func append(raw text: StaticString) { bytes.append(raw: text) }

    /// Appends `value` and all below it.
    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .string(let text): append(text)
        case .array(let elements): append(elements)
        case .object(let object): append(object)
        }
    }

    private mutating func append(_ elements: [JSONValue]) {
        bytes.append(ASCII.openBracket)
        level += 1
        var isFirst = true
        for element in elements {
            separate(&isFirst)
            append(element)
        }
        end(with: ASCII.closeBracket, isEmpty: isFirst)
    }

    private mutating func append(_ object: JSONObject) {
        bytes.append(ASCII.openBrace)
        level += 1
        var isFirst = true
        for member in isCanonical ? canonicalMembers(of: object) : object.members {
            separate(&isFirst)
            append(member.key)
            bytes.append(ASCII.colon)
            if isPretty { bytes.append(ASCII.space) }
            append(member.value)
        }
        end(with: ASCII.closeBrace, isEmpty: isFirst)
    }

    private func canonicalMembers(of object: JSONObject) -> [JSONObject.Member] {
        object.members.filter { !$0.value.isNull }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private mutating func separate(_ isFirst: inout Bool) {
        if !isFirst { bytes.append(ASCII.comma) }
        isFirst = false
        startLine()
    }

    private mutating func end(with bracket: UInt8, isEmpty: Bool) {
        level -= 1
        if !isEmpty { startLine() }
        bytes.append(bracket)
    }

    private mutating func startLine() {
        guard isPretty else { return }
        bytes.append(ASCII.newline)
        for _ in 0..<level {
            bytes.append(ASCII.space)
            bytes.append(ASCII.space)
        }
    }

    /// Appends `text` in quotes.
    mutating func append(_ text: String) {
        bytes.append(ASCII.quote)
        appendEscaped(text.utf8.span)
        bytes.append(ASCII.quote)
    }

    /// Appends `text` with escapes where a string needs them; the stretches between two are copied whole.
    mutating func appendEscaped(_ text: Span<UInt8>) {
        var start = 0
        while true {
            let special = firstSpecialByte(in: text, from: start)
            append(text.extracting(start..<special))
            if special == text.count { return }
            appendEscape(text[special])
            start = special + 1
        }
    }

    private mutating func append(_ span: Span<UInt8>) {
        // The buffer is copied within the call.
        unsafe span.withUnsafeBufferPointer { buffer in unsafe bytes.append(contentsOf: buffer) }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(ASCII.backslash)
        switch byte {
        case ASCII.quote, ASCII.backslash: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: (byte < 0x10 ? "u000" : "u00").utf8)
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        }
    }
}
