import JSON

/// Text that is no YAML, or YAML beyond a limit.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, lower case, one line.
    package let reason: String
    /// Where.
    package let mark: YAMLMark
    /// The faulty line and a caret below the fault.
    package let excerpt: String

    /// `parse YAML: <reason> at line 3, column 7` and the excerpt on the two lines after it.
    package var description: String { "\(summary)\n\(excerpt)" }

    /// The description's first line.
    package var summary: String { "parse YAML: \(reason) at line \(mark.line), column \(mark.column)" }

    /// The longest reason in characters; it may quote the text.
    private static let reasonLimit = 200

    /// The error for `fault` in `bytes`.
    init(_ fault: YAMLFault, in bytes: [UInt8]) {
        self.init(reason: fault.reason, in: bytes, at: fault.offset ?? Self.offset(of: fault.place.index, in: bytes))
    }

    /// The error at the byte `offset`.
    init(reason: String, in bytes: [UInt8], at offset: Int) {
        let place = TextPlace(in: bytes, at: offset)
        let line = TextPlace.oneLine(reason)
        self.reason = line.count > Self.reasonLimit ? line.prefix(Self.reasonLimit) + "…" : line
        mark = YAMLMark(line: place.line, column: place.column)
        excerpt = place.excerpt
    }

    /// The byte at which the character `index` begins.
    private static func offset(of index: Int, in bytes: [UInt8]) -> Int {
        var seen = 0
        for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if seen == index { return offset }
            seen += 1
        }
        return bytes.count
    }
}
