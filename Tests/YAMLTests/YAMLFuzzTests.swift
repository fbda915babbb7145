import JSON
import TestSupport
import Testing
import YAML

/// That the parser comes through whatever it is given, and that what it read is written so that it reads the same.
@Suite(.timeLimit(.minutes(1))) struct YAMLFuzzTests {
    private static let pieces = [
        "&a ", "*a", "<<: *a\n", "- ", "? ", ": ", "|\n", ">-\n", "|2\n", "{", "}", "[", "]", ",", "#", "\n", "\n  ",
        "\t", "'", "\"", "\\x", "\\u12", "%YAML 1.1\n", "%TAG ! x\n", "---\n", "...\n", "!!int ", "!!str ", "!x ", "é",
        "\u{85}", "\u{2028}", "\u{feff}", "0x", "0o8", ".inf", "1e", "~", "yes", "12:30", "@", "`",
    ]

    private static let start = Array(
        """
        # A manifest.
        base: &base {name: "podinfo\\t", weights: [10, 20.5, 0x1f]}
        spec:
          <<: *base
          text: |
            one
              two
          folded: >-
            three
            four
          list:
          - 'it''s'
          - - nested
            - ? key
              : value
          - ~
        ---
        - second
        """.utf8
    )

    @Test(arguments: 0..<30)
    func comesThroughWhateverItIsGiven(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed))
        for _ in 0..<10 {
            var bytes = Self.start
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0 ... .max, using: &generator)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 6))
                case 2: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &generator) ?? "").utf8, at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
                }
            }
            try check(bytes)
        }
    }

    private func check(_ bytes: [UInt8]) throws {
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLParser.documents(in: bytes)
        } catch {
            let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3 && lines.last?.last == "^", "\(error)")
            return
        }
        for value in documents.map(\.value) {
            let written = YAMLWriter.text(value)
            #expect(try YAMLParser.documents(in: Array(written.utf8)).map(\.value) == [value], "\(written)")
        }
    }
}
