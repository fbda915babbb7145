import JSON
import Testing

/// Texts in the categories of the well-known conformance suite for RFC 8259, written anew.
@Suite struct JSONParsingTests {
    @Test(
        arguments: [
            ("[]", "[]"), ("[ ]", "[]"), ("{}", "{}"), (" \t\r\n1 \n", "1"), ("[1\n]", "[1]"), ("[[]   ]", "[[]]"),
            ("\"\"", "\"\""), ("\"a/b\"", "\"a/b\""), (#""a\/b""#, "\"a/b\""), (#""\u0041\u00e9""#, "\"Aé\""),
            (#""\uD83D\uDE00""#, "\"😀\""), (#""\ud83d\ude00x""#, "\"😀x\""),
            (#""\b\f\n\r\t\"\\""#, #""\b\f\n\r\t\"\\""#),
            (#""\u0000\u001f""#, #""\u0000\u001f""#), ("\"\u{7F}\"", "\"\u{7F}\""),
            ("\"\u{2028}é€😀\"", "\"\u{2028}é€😀\""),
            (#""\\u0041""#, #""\\u0041""#),
            ("0", "0"), ("-0", "-0"), ("[-1]", "[-1]"), ("123.456", "123.456"), ("0e+1", "0e+1"), ("1E22", "1E22"),
            ("1e-2", "1e-2"), ("-0.0e-0", "-0.0e-0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1.7976931348623157e999", "1.7976931348623157e999"),
            ("true", "true"), ("false", "false"), ("null", "null"), ("[null,1,\"1\",{}]", "[null,1,\"1\",{}]"),
            (#"{"":0}"#, #"{"":0}"#), (#"{"a":1,"A":2}"#, #"{"a":1,"A":2}"#),
            (#"{"z":1,"a":{"b":[]}}"#, #"{"z":1,"a":{"b":[]}}"#),
            ("{\"e\u{301}\":1,\"\u{E9}\":2}", "{\"e\u{301}\":1,\"\u{E9}\":2}"), (#"{"\u0061b":1}"#, #"{"ab":1}"#),
            ("\"a string that is longer than sixteen bytes\"", "\"a string that is longer than sixteen bytes\""),
        ] as [(String, String)]
    )
    func acceptsAndWritesBack(text: String, expected: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(Array(value.text.utf8) == Array(expected.utf8))
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test(
        arguments: [
            ("", "expected a value", 0), ("  ", "expected a value", 2), ("[", "expected a value", 1),
            ("[1", "expected , or ]", 2), ("[1,", "expected a value", 3), ("[1,]", "expected a value", 3),
            ("[,1]", "expected a value", 1), ("[1,,2]", "expected a value", 3), ("[1 2]", "expected , or ]", 3),
            ("[1}", "expected , or ]", 2), ("]", "expected a value", 0), ("[]]", "expected nothing after the value", 2),
            ("1 2", "expected nothing after the value", 2), ("{}x", "expected nothing after the value", 2),
            ("{", "expected a key or }", 1), ("{,}", "expected a key or }", 1), ("{1:2}", "expected a key or }", 1),
            ("{a:1}", "expected a key or }", 1), ("{'a':1}", "expected a key or }", 1), (#"{"a"}"#, "expected :", 4),
            (#"{"a",1}"#, "expected :", 4), (#"{"a":}"#, "expected a value", 5), (#"{"a":1,}"#, "expected a key", 7),
            (#"{"a":1,,}"#, "expected a key", 7), (#"{"a":1"#, "expected , or }", 6),
            (#"{"a":1]"#, "expected , or }", 6),
            (#"{"a" "b"}"#, "expected :", 5), (#"{"a":1 "b":2}"#, "expected , or }", 7),
            ("[1]//", "expected nothing after the value", 3),
            ("tru", "expected a value", 0), ("nul", "expected a value", 0), ("True", "expected a value", 0),
            ("NaN", "expected a value", 0), ("-Infinity", "expected a digit", 1),
            ("truex", "expected nothing after the value", 4),
            ("01", "a number begins with a zero", 0), ("-01", "a number begins with a zero", 1),
            ("+1", "expected a value", 0),
            (".5", "expected a value", 0), ("1.", "expected a digit", 2), ("-", "expected a digit", 1),
            ("1.e1", "expected a digit", 2),
            ("1e", "expected a digit", 2), ("1e+", "expected a digit", 3), ("1eE2", "expected a digit", 2),
            ("--1", "expected a digit", 1),
            ("0x1", "expected nothing after the value", 1), ("1_000", "expected nothing after the value", 1),
            ("１", "expected a value", 0),
            ("\"", "the string does not end", 0), ("\"a", "the string does not end", 0),
            ("\"a\\", "the string does not end", 0),
            ("\"a\\\"", "the string does not end", 0), ("'a'", "expected a value", 0),
            ("\"a\u{0}\"", "the control character U+0000 stands unescaped in a string", 2),
            ("\"12345678\n\"", "the control character U+000A stands unescaped in a string", 9),
            ("\"\u{1F}\"", "the control character U+001F stands unescaped in a string", 1),
            (#""\a""#, "unknown escape in a string", 1), (#""\x41""#, "unknown escape in a string", 1),
            (#""\U0041""#, "unknown escape in a string", 1), (#""\u""#, #"expected four hex digits after \u"#, 1),
            (#""\u12""#, #"expected four hex digits after \u"#, 1),
            (#""\u12g4""#, #"expected four hex digits after \u"#, 1),
            (#""\ud800""#, "half of a surrogate pair stands alone", 1),
            (#""\udc00""#, "half of a surrogate pair stands alone", 1),
            (#""\ud800\u0041""#, "half of a surrogate pair stands alone", 1),
            (#""\ud800\ud800""#, "half of a surrogate pair stands alone", 1),
            (#""\ud800x""#, "half of a surrogate pair stands alone", 1),
            (#""\ud800\u12""#, "half of a surrogate pair stands alone", 1),
            ("\u{FEFF}{}", "a byte order mark, expected none", 0), ("[1\u{A0}]", "expected , or ]", 2),
            ("[\u{C}1]", "expected a value", 1),
            (#"{"a":1,"a":1}"#, #"the key "a" stands twice"#, 7),
            (#"{"a":1,"\u0061":2}"#, #"the key "\u0061" stands twice"#, 7),
            (#"{"\"":1,"b":{},"\u0022":2}"#, #"the key "\u0022" stands twice"#, 15),
            (#"{"":1,"":2}"#, #"the key "" stands twice"#, 6),
        ] as [(String, String, Int)]
    )
    func refuses(text: String, reason: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test func acceptsCharactersThatUnicodeKeepsFree() throws {
        let value = try JSONValue(parsing: #""\uFFFF\uFDD0""#)
        #expect(value.string?.unicodeScalars.map(\.value) == [0xFFFF, 0xFDD0])
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test(arguments: [
        [0xFF], [0x22, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82], [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00],
    ])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: bytes) }
        #expect(error?.reason == "the text is not UTF-8")
        #expect(error?.offset == bytes.firstIndex { $0 >= 0x80 })
    }

    @Test func nestingEndsAt128() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try JSONValue(parsing: deep).text == deep)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[" + deep + "]") }
        #expect(error?.reason == "nesting beyond 128")
        #expect(error?.offset == 128)
        let endless = String(repeating: #"{"a":"#, count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue(parsing: endless) }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [2, 16, 17, 100_000])
    func findsTheKeyThatStandsTwiceAmongMany(count: Int) throws {
        let members = (0..<count).map { "\"key\($0)\":\($0)" }
        let value = try JSONValue(parsing: "{" + members.joined(separator: ",") + "}")
        #expect(value.object?.count == count)
        #expect(value["key\(count - 1)"] == .number(JSONNumber(count - 1)))
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: "{" + members.joined(separator: ",") + #","key\u0030":1}"#)
        }
        #expect(error?.reason == #"the key "key\u0030" stands twice"#)
    }

    /// Keys that begin alike and are as long, so that the filter takes each for one that has been there.
    @Test(arguments: [2, 16, 17, 60])
    func tellsKeysThatBeginAlikeApart(count: Int) throws {
        let keys = (0..<count).map { "example.com/\($0 + 100)" }
        let text = { (keys: [String]) in "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
        #expect(try JSONDocument(parsing: Array(text(keys).utf8)).root.count == count)
        for place in [0, count / 2, count - 1] {
            let error = #expect(throws: JSONError.self) {
                try JSONDocument(parsing: Array(text(keys + [keys[place]]).utf8))
            }
            #expect(error?.reason == "the key \"\(keys[place])\" stands twice")
        }
    }

    /// More values than Kubernetes objects have for their bytes: the tape is set aside anew.
    @Test func readsTextsOfNothingButValues() throws {
        let text = "[" + repeatElement("0", count: 5_000).joined(separator: ",") + "]"
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.count == 5_000)
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array((text.dropLast() + ",x]").utf8)) }
        #expect(error?.path == "/5000")
    }
}
