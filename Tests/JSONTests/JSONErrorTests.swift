import JSON
import Testing

@Suite struct JSONErrorTests {
    @Test(arguments: [
        (
            "{\n  \"spec\": {\n    \"analysis\": {\n      \"interval\" \"1m\"\n    }\n  }\n}",
            """
            parse JSON: expected : at line 4, column 18, in /spec/analysis
                  "interval" "1m"
                             ^
            """
        ),
        (
            "[1, {\"a/b\": [true, 01]}]",
            """
            parse JSON: a number begins with a zero at line 1, column 20, in /1/a~1b/1
            [1, {"a/b": [true, 01]}]
                               ^
            """
        ),
        (
            "{\"a\": 1,\r\n\t\"é\": \"x\", \"a\": 2}\r\n",
            """
            parse JSON: the key "a" stands twice at line 2, column 12
             "é": "x", "a": 2}
                       ^
            """
        ),
        (
            "{\"a\": {}, \"b\": }",
            """
            parse JSON: expected a value at line 1, column 16, in /b
            {"a": {}, "b": }
                           ^
            """
        ),
        ("", "parse JSON: expected a value at line 1, column 1\n\n^"),
        (
            #"{"a\nb": [}"#,
            #"""
            parse JSON: expected a value at line 1, column 11, in /a b/0
            {"a\nb": [}
                      ^
            """#
        ),
        (
            "{\"x\u{2028}y\u{85}\": 1, \"x\u{2028}y\u{85}\": 2}",
            """
            parse JSON: the key "x y " stands twice at line 1, column 13
            {"x y ": 1, "x y ": 2}
                        ^
            """
        ),
        (
            "[\"" + String(repeating: "ä", count: 60) + "\", x, \"" + String(repeating: "b", count: 60) + "\"]",
            """
            parse JSON: expected a value at line 1, column 66, in /1
            …\(String(repeating: "ä", count: 47))", x, "\(String(repeating: "b", count: 22))…
            \(String(repeating: " ", count: 51))^
            """
        ),
    ])
    func describes(text: String, description: String) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.description == description)
    }

    @Test func showsTheEndOfALongPath() {
        let key = String(repeating: "k", count: 10_000)
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array("{\"\(key)\": {\"a\": }}".utf8)) }
        #expect(error?.path == "/\(key)/a")
        #expect(error?.summary.hasSuffix(", in …\(key.suffix(198))/a") == true, "\(error?.summary.suffix(300) ?? "")")
    }
}
