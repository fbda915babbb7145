import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("1", 1), ("-7", -7), ("2.0", 2), ("2e0", 2), ("1.5", nil),
            ("9223372036854775807", 9_223_372_036_854_775_807),
            ("9223372036854775808", nil), ("1e400", nil), ("-0", 0), ("-0.0", 0), ("-120e-1", -12),
            ("1.00000000000000000001", nil), ("9007199254740993.0", 9_007_199_254_740_993), ("1e19", nil),
            ("-9223372036854775808.0", .min), ("92233720368547758080e-1", nil), ("1e18", 1_000_000_000_000_000_000),
            ("1e-400", nil), ("1e999999999999999999999", nil), ("0e999999999999999999999", 0),
        ] as [(String, Int?)]
    )
    func readsWholeNumbers(text: String, expected: Int?) {
        #expect(JSONNumber(text: text)?.int == expected)
        #expect(JSONNumber(text: text)?.text == text)
    }

    @Test(arguments: ["", "01", "1.", ".5", "+1", "0x1", "1 ", " 1", "1e", "nan", "-"])
    func refusesOtherTexts(text: String) { #expect(JSONNumber(text: text) == nil) }

    @Test(
        arguments: [
            ("1", "1.0", true), ("10", "1e1", true), ("0", "-0.00", true), ("0e5", "0", true), ("1", "-1", false),
            ("100", "1", false), ("123.4500e2", "12345", true),
            ("1e999999999999999999999", "1e999999999999999999998", true),
            ("9007199254740993", "9007199254740992", false), ("0.1", "1e-1", true), ("1.01", "1.1", false),
            ("5", "50", false),
        ] as [(String, String, Bool)]
    )
    func comparesByValue(left: String, right: String, isEqual: Bool) throws {
        let first = try #require(JSONNumber(text: left))
        let second = try #require(JSONNumber(text: right))
        #expect(first.isNumericallyEqual(to: second) == isEqual)
        #expect(second.isNumericallyEqual(to: first) == isEqual)
    }
}
