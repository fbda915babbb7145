internal import Platform

/// One block of a PEM text.
///
/// Source: RFC 7468, read as Go's `encoding/pem` does: what stands outside of blocks is passed over, and a block may
/// begin with headers.
struct PEMBlock: Hashable {
    /// `CERTIFICATE`.
    let label: String
    /// What it holds.
    let bytes: [UInt8]

    /// The blocks of `text`, in order; nil where something begins like a block and none follows.
    static func all(in text: [UInt8]) -> [PEMBlock]? {
        let (blocks, isWhole) = read(text)
        return isWhole ? blocks : nil
    }

    /// The blocks of `text` up to where something begins like a block and none follows, and whether there is no such
    /// place.
    static func read(_ text: [UInt8]) -> (blocks: [PEMBlock], isWhole: Bool) {
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        var blocks: [PEMBlock] = []
        while lines.contains(where: isBeginning) {
            guard let block = next(in: &lines) else { return (blocks, false) }
            blocks.append(block)
        }
        return (blocks, true)
    }

    /// The next block that is whole, where a broken one is passed over.
    private static func next(in lines: inout ArraySlice<ArraySlice<UInt8>>) -> PEMBlock? {
        while let start = lines.firstIndex(where: { label(of: $0, "BEGIN") != nil }) {
            let label = label(of: lines[start], "BEGIN") ?? ""
            lines = lines[(start + 1)...]
            guard let end = lines.firstIndex(where: { Self.label(of: $0, "END") != nil }) else { continue }
            guard Self.label(of: lines[end], "END") == label, let bytes = content(lines[..<end]) else { continue }
            lines = lines[(end + 1)...]
            return PEMBlock(label: label, bytes: bytes)
        }
        return nil
    }

    /// What the lines between the two marks hold; nil where they are no Base64.
    private static func content(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8]? {
        let body = lines.drop { $0.contains(UInt8(ascii: ":")) }
        let digits = body.joined().filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return Base64.decode(String(decoding: digits, as: UTF8.self))
    }

    /// Whether `line` looks as if a block began, wherever in it.
    private static func isBeginning(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.contains(UInt8(ascii: "-")) else { return false }
        let text = String(decoding: line, as: UTF8.self)
        guard let start = text.firstRange(of: "-----BEGIN") else { return false }
        return text[start.upperBound...].contains("-----")
    }

    /// The label of a line that is a mark; nil for any other line.
    private static func label(of line: ArraySlice<UInt8>, _ mark: String) -> String? {
        guard line.first == UInt8(ascii: "-") else { return nil }
        var text = String(decoding: line, as: UTF8.self)[...]
        while let last = text.last, last == "\r" || last == " " || last == "\t" { text.removeLast() }
        let head = "-----\(mark) "
        guard text.hasPrefix(head), text.hasSuffix("-----"), text.count >= head.count + 5 else { return nil }
        return String(text.dropFirst(head.count).dropLast(5))
    }
}
