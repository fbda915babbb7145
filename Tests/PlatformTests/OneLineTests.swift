import Platform
import Testing

@Suite(.timeLimit(.minutes(1))) struct OneLineTests {
    @Test(arguments: [
        ("", ""), ("a b", "a b"), ("  a \t\r\n b\n", "a b"), ("a\u{1b}[31mb\u{7f}", "a [31mb"),
        ("a\u{85}b\u{2028}c\u{2029}d\u{a0}e", "a b c d e"), ("gate\u{202e}nepo", "gate nepo"),
        ("👩\u{200d}🚒 é", "👩\u{200d}🚒 é"),
    ])
    func makesOneLine(text: String, expected: String) { #expect(OneLine.cut(text, to: 20) == expected) }

    @Test(arguments: [(4, "abcd"), (3, "ab…"), (1, "…")])
    func cutsToTheLimit(limit: Int, expected: String) { #expect(OneLine.cut("abcd", to: limit) == expected) }

    @Test func countsCharactersAndNotBytes() {
        #expect(OneLine.cut("ééé", to: 3) == "ééé")
        #expect(OneLine.cut("éééé", to: 3) == "éé…")
    }
}
