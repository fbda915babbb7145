import TestSupport
import Testing

@testable import JSON

/// That the parser takes back what the writer wrote, and comes through whatever it is given.
@Suite(.timeLimit(.minutes(1))) struct JSONFuzzTests {
    /// Pieces that lead into every branch of the grammar.
    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\u0000", "-", "0", "01", "1.",
            "1e",
            "1e5", "-0.5", "true", "fals", "null", " ", "\n", "\"a\":", "\"\\u0061\":", "é", "😀", "\u{1}",
        ]
        .map { Array($0.utf8) } + [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xf4, 0x90, 0x80, 0x80]]

    /// `bytes` with a few changed, cut out, doubled, or replaced by pieces of the grammar.
    private static func mutated(_ bytes: [UInt8], using generator: inout SeededValues) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0 ... .max, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &generator)))
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<40)
    func readsBackWhatItWrote(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed))
        let value = generator.value(depth: 5)
        let document = try JSONDocument(parsing: value.serialized)
        #expect(document.root.value == value)
        #expect(document.root.value.serialized == value.serialized)
        let pretty = try JSONDocument(parsing: Array(value.prettyText.utf8))
        #expect(pretty.root.value == value)
        #expect(pretty.root.isEqual(to: document.root))
        #expect(try JSONValue(parsing: value.canonical).canonical == value.canonical)
    }

    @Test(arguments: 0..<40)
    func hashesTheContentWithoutATree(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed) + 2_000)
        let value = generator.value(depth: 5)
        for text in [value.text, value.prettyText, value.text.replacing("😀", with: "\\ud83d\\ude00")] {
            #expect(try JSONDocument(parsing: Array(text.utf8)).root.contentHash == value.contentHash)
        }
    }

    @Test(arguments: 0..<60)
    func meansTheSameWhereTheCanonicalFormIsTheSame(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed) + 3_000)
        let value = generator.value(depth: 4)
        let document = try JSONDocument(parsing: value.serialized)
        let canonical = try JSONDocument(parsing: value.canonical).root
        #expect(document.root.meansTheSame(as: canonical))
        #expect(document.root.contentHash == canonical.contentHash)
        for _ in 0..<20 {
            let other = generator.changed(value, depth: 4)
            let root = try JSONDocument(parsing: other.serialized).root
            #expect(document.root.meansTheSame(as: root) == (value.canonical == other.canonical))
            #expect((value.contentHash == other.contentHash) == (value.canonical == other.canonical))
            #expect(root.meansTheSame(as: document.root) == (value.canonical == other.canonical))
            #expect(document.root.isEqual(to: root) == (value == other))
        }
    }

    @Test(arguments: 0..<20)
    func writesPatchesWithoutATree(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed) + 4_000)
        let value = generator.value(depth: 4)
        var patch = JSONPatch.difference(from: value, to: generator.changed(value, depth: 4))
        patch.operations += [
            .copy(from: JSONPointer(["a/b", "~"]), to: JSONPointer(["\"", "\n"])),
            .move(from: JSONPointer([]), to: JSONPointer(["0"])),
        ]
        #expect(patch.serialized == patch.value.serialized)
    }

    @Test(arguments: 0..<30)
    func comesThroughWhateverItIsGiven(seed: Int) {
        var generator = SeededValues(seed: UInt64(seed) + 1_000)
        let original = generator.value(depth: 4).serialized
        for _ in 0..<20 {
            let bytes = Self.mutated(original, using: &generator)
            do throws(JSONError) {
                let document = try JSONDocument(parsing: bytes)
                let again = try JSONDocument(parsing: document.root.value.serialized)
                #expect(again.root.value == document.root.value)
                #expect(again.root.isEqual(to: document.root))
            } catch {
                check(error, in: bytes)
            }
        }
    }

    @Test func refusesEveryTextThatBreaksOff() throws {
        let text = Array(#"{"a":[1.5e3,"é\ud83d\ude00",{"b":null}],"c":true}"#.utf8)
        for count in 0..<text.count {
            let prefix = Array(text[..<count])
            let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: prefix) }
            if let error { check(error, in: prefix) }
        }
    }

    /// The error names a place in the text, and a path that is a pointer.
    private func check(_ error: JSONError, in bytes: [UInt8]) {
        #expect((0...bytes.count).contains(error.offset), "\(error)")
        #expect(error.line >= 1 && error.column >= 1, "\(error)")
        #expect(JSONPointer(error.path) != nil, "\(error)")
        let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines.last?.last == "^", "\(error)")
    }
}
