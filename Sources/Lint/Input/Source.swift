import JSON
import YAML

/// One input as it was read: a file's bytes, or what came in on standard input.
package struct Source: Sendable {
    /// What reports call it: the path as it was given, or `stdin`.
    package let name: String
    /// Its bytes, without a byte order mark.
    let bytes: [UInt8]
    /// Where each line begins; never empty.
    let lineStarts: [Int]
    /// Where the words of a suppression stand, comments or not, in order.
    private let directives: [Int]

    /// The input `name` with the content `bytes`.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var starts = [0]
        var directives: [Int] = []
        let words = Array(Suppression.words.utf8)
        let colon = UInt8(ascii: ":")
        let head = words.prefix { $0 != colon }.count
        for (offset, byte) in self.bytes.enumerated() {
            if byte == 0x0A { starts.append(offset + 1) }
            // Colons are rare, so they are what is looked for.
            guard byte == colon, offset >= head else { continue }
            if self.bytes[(offset - head)...].starts(with: words) { directives.append(offset - head) }
        }
        lineStarts = starts
        self.directives = directives
    }

    /// The bytes of the line `number`, from 1, without its end.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lineStarts.indices.contains(number - 1) else { return [] }
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        return bytes[start..<end]
    }

    /// Where within `range` the words of a suppression stand, comments or not.
    func directives(in range: Range<Int>) -> ArraySlice<Int> {
        directives[Self.count(range.lowerBound, in: directives)..<Self.count(range.upperBound, in: directives)]
    }

    /// The line and column of the byte at `offset`.
    func mark(at offset: Int) -> YAMLMark {
        let line = Self.count(offset + 1, in: lineStarts)
        return YAMLMark(line: line, column: bytes[lineStarts[line - 1]..<offset].count(where: Self.isFirstByte) + 1)
    }

    /// How many of `offsets`, which rise, are below `end`.
    private static func count(_ end: Int, in offsets: [Int]) -> Int {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < end { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The line at `mark`, and a line with a caret below its column.
    func excerpt(at mark: YAMLMark) -> String {
        let line = Array(line(mark.line))
        var offset = 0
        var column = 1
        while offset < line.count, column < mark.column {
            offset += 1
            while offset < line.count, !Self.isFirstByte(line[offset]) { offset += 1 }
            column += 1
        }
        return TextPlace(in: line, at: offset).excerpt
    }

    /// Whether `byte` begins a character in UTF-8.
    private static func isFirstByte(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
