import JSON
import YAML

/// Where one document of a source stands.
struct DocumentText: Sendable {
    /// Its bytes within the source.
    let range: Range<Int>
    /// Its first byte's line and column.
    let start: YAMLMark

    /// The documents in these bytes of `source`, mostly one, none where only comments are.
    ///
    /// - Throws: `YAMLError` with a place within this text; `mark(_:)` makes one within the source of it.
    func documents(in source: Source) throws(YAMLError) -> [YAMLDocument] {
        try YAMLParser.documents(in: Array(source.bytes[range]))
    }

    /// The place within the source of `mark`, a place within this text.
    func mark(_ mark: YAMLMark) -> YAMLMark {
        YAMLMark(
            line: mark.line + start.line - 1,
            column: mark.line == 1 ? mark.column + start.column - 1 : mark.column
        )
    }
}
