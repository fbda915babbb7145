import YAML

/// Divides a source into its documents before any of them is parsed, so that a fault in one does not hide the others,
/// and none is held against the limits of all.
enum DocumentSplit {
    /// What a line of YAML is to the division.
    private enum Line {
        /// `---`, alone or before a value: YAML allows it nowhere else, not even within a block of text.
        case start
        /// `...`
        case end
        /// Blank, or a comment, or a directive: part of what comes next.
        case prelude
        case content
    }

    /// The documents of `source`: of a YAML stream, or JSON texts one after another.
    static func documents(in source: Source) -> [DocumentText] {
        if let texts = JSONTexts.ranges(in: source.bytes), texts.count > 1 {
            return texts.map { DocumentText(range: $0, start: source.mark(at: $0.lowerBound)) }
        }
        var documents: [DocumentText] = []
        var first = 1
        var hasContent = false
        func close(before line: Int) {
            let end = line <= source.lineStarts.count ? source.lineStarts[line - 1] : source.bytes.count
            let range = source.lineStarts[first - 1]..<end
            if hasContent { documents.append(DocumentText(range: range, start: YAMLMark(line: first, column: 1))) }
            first = line
            hasContent = false
        }
        for number in 1...source.lineStarts.count {
            switch kind(of: source.line(number), hasContent: hasContent) {
            case .start:
                if hasContent { close(before: number) }
                hasContent = true
            case .end: close(before: number + 1)
            case .prelude: break
            case .content: hasContent = true
            }
        }
        if first <= source.lineStarts.count { close(before: source.lineStarts.count + 1) }
        return documents
    }

    private static func kind(of line: ArraySlice<UInt8>, hasContent: Bool) -> Line {
        if isMarker(UInt8(ascii: "-"), line) { return .start }
        if isMarker(UInt8(ascii: "."), line) { return .end }
        guard let byte = line.first(where: { !isBlank($0) }) else { return .prelude }
        if byte == UInt8(ascii: "#") { return .prelude }
        return !hasContent && line.first == UInt8(ascii: "%") ? .prelude : .content
    }

    /// Whether `line` begins with `character` three times and goes on with a blank or not at all.
    private static func isMarker(_ character: UInt8, _ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= 3, line.prefix(3).allSatisfy({ $0 == character }) else { return false }
        return line.dropFirst(3).first.map(isBlank) ?? true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
