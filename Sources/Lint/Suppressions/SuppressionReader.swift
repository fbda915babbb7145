import JSON
import YAML

/// Reads the suppressions of one document off its text, as no parser hands comments on.
struct SuppressionReader {
    private let source: Source
    private let text: DocumentText
    private let bytes: [UInt8]

    init(_ text: DocumentText, of source: Source) {
        self.text = text
        self.source = source
        bytes = Array(source.bytes[text.range])
    }

    /// The suppressions, in the order of the text.
    var suppressions: [Suppression] {
        let starts = source.directives(in: text.range).compactMap(commentStart)
        return comments(among: starts).map(suppression)
    }

    /// Where the comment begins that the words at `offset` of the source are the first of; nil where no `#` is before
    /// them.
    private func commentStart(before offset: Int) -> Int? {
        var start = offset - text.range.lowerBound
        while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
        return start > 0 && bytes[start - 1] == UInt8(ascii: "#") ? start - 1 : nil
    }

    /// Those of `starts` that begin comments and do not stand within a text: without a comment the document means the
    /// same.
    private func comments(among starts: [Int]) -> [Int] {
        guard !starts.isEmpty, let meaning = meaning(of: bytes) else { return [] }
        if self.meaning(of: bytes(without: starts)) == meaning { return starts }
        return starts.filter { self.meaning(of: bytes(without: [$0])) == meaning }
    }

    /// The text with blanks from each of `starts` to the end of its line.
    private func bytes(without starts: [Int]) -> [UInt8] {
        var bytes = bytes
        for start in starts {
            var offset = start
            while offset < bytes.count, bytes[offset] != 0x0A {
                bytes[offset] = 0x20
                offset += 1
            }
        }
        return bytes
    }

    private func meaning(of bytes: [UInt8]) -> [JSONValue]? {
        do throws(YAMLError) {
            return try YAMLParser.documents(in: bytes).map(\.value)
        } catch {
            return nil
        }
    }

    private func suppression(at start: Int) -> Suppression {
        let mark = source.mark(at: start + text.range.lowerBound)
        let comment = bytes[start...].prefix { $0 != 0x0A }
        let words = String(decoding: comment, as: UTF8.self)
            .split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "#" }.drop { $0 == Suppression.words[...] }
        return Suppression(
            rule: words.first.map(String.init) ?? "",
            reason: words.dropFirst().joined(separator: " "),
            scope: scope(of: mark),
            place: mark
        )
    }

    /// A comment beside a field is about that field, one on a line of its own about the next line that is no comment,
    /// and one before the first field about all of them.
    private func scope(of mark: YAMLMark) -> Suppression.Scope {
        let before = (text.start.line..<mark.line).map { Array(source.line($0)) }
        let own = source.line(mark.line).prefix { $0 != UInt8(ascii: "#") }
        let isAlone = own.allSatisfy(Self.isBlank)
        let isMarker = own.starts(with: "---".utf8) && own.dropFirst(3).allSatisfy(Self.isBlank)
        if isAlone || isMarker, !before.contains(where: Self.isContent) { return .document }
        guard isAlone else { return .line(mark.line) }
        var line = mark.line + 1
        while Self.isComment(source.line(line)) { line += 1 }
        return .line(line)
    }

    /// Whether there is more on `line` than blanks, a comment, a directive or the document's marker.
    private static func isContent(_ line: [UInt8]) -> Bool {
        guard let first = line.first(where: { !isBlank($0) }) else { return false }
        if first == UInt8(ascii: "#") || line.first == UInt8(ascii: "%") { return false }
        guard line.starts(with: "---".utf8) else { return true }
        let rest = line.dropFirst(3).drop(while: isBlank)
        return !rest.isEmpty && rest.first != UInt8(ascii: "#")
    }

    private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
        line.first { !isBlank($0) } == UInt8(ascii: "#")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
