import JSON
import Testing
import YAML

@Suite struct YAMLParserTests {
    static func documents(_ text: String) throws(YAMLError) -> [YAMLDocument] {
        try YAMLParser.documents(in: Array(text.utf8))
    }

    static func json(_ text: String) throws(YAMLError) -> [String] { try documents(text).map(\.value.text) }

    @Test(
        arguments: [
            ("a: 1\nb:\n- x\n-   y: z\n    w:\n", [#"{"a":1,"b":["x",{"y":"z","w":null}]}"#]),
            ("---\na: 1\n---\n---\n# nothing\n---\nb: 2\n...\n", [#"{"a":1}"#, #"{"b":2}"#]), ("", []),
            ("# only\n", []),
            ("--- ~\n", ["null"]), ("{\"a\": [1, \"x\", null, true], \"b\":{}}", [#"{"a":[1,"x",null,true],"b":{}}"#]),
            ("{\n\t\"a\":\"\\/\",\n\t\"b\": [\n\t\t1\n\t]\n}\n", [#"{"a":"/","b":[1]}"#]),
            ("\u{FEFF}a: 1", [#"{"a":1}"#]),
            ("1: a\ntrue: b\n~: c\n0x10: d\n", [#"{"1":"a","true":"b","~":"c","0x10":"d"}"#]),
            ("? a\n: b\n", [#"{"a":"b"}"#]),
            ("\"e\u{301}\": 1\n\"\u{E9}\": 2\n", ["{\"e\u{301}\":1,\"\u{E9}\":2}"]),
            ("a: 1\r\nb: 2\r\n", [#"{"a":1,"b":2}"#]),
            (#"{"a": "\ud83d\ude00"}"#, [#"{"a":"😀"}"#]),
        ] as [(String, [String])]
    )
    func reads(yaml: String, json: [String]) throws {
        #expect(try Self.json(yaml).map { Array($0.utf8) } == json.map { Array($0.utf8) })
    }

    @Test(
        arguments: [
            ("a: &x {b: 1}\nc: *x\nd: [*x, *x]", #"{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}"#),
            ("- &k key\n- {*k : 1}", #"["key",{"key":1}]"#), ("a: &x 1\nb: &x 2\nc: *x", #"{"a":1,"b":2,"c":2}"#),
            (
                "base: &b {x: 1, y: 2}\nobj:\n  a: 0\n  <<: *b\n  y: 3",
                #"{"base":{"x":1,"y":2},"obj":{"a":0,"x":1,"y":3}}"#
            ),
            ("- &a {x: 1}\n- &b {x: 2, y: 2}\n- {<<: [*a, *b], z: 3}", #"[{"x":1},{"x":2,"y":2},{"x":1,"y":2,"z":3}]"#),
            ("- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b}", #"[{"x":1},{"x":1,"y":2},{"x":1,"y":2}]"#),
            ("{<<: {x: 1}}", #"{"x":1}"#), ("{\"<<\": {x: 1}}", #"{"<<":{"x":1}}"#),
        ] as [(String, String)]
    )
    func expandsAliasesAndMergeKeys(yaml: String, json: String) throws { #expect(try Self.json(yaml) == [json]) }

    @Test func anchorsEndWithTheirDocument() {
        #expect(throws: YAMLError.self) { try Self.json("a: &x 1\n---\nb: *x\n") }
    }

    @Test func marksEveryNode() throws {
        let text = """
            # a comment
            spec:
              list:
              - name: é
                "quoted key":  x
              - &a [1,  2]
            again: *a
            """
        let document = try #require(try Self.documents(text).first)
        let expected: [(String, Int, Int)] = [
            ("", 2, 1), ("/spec", 2, 1), ("/spec/list", 3, 3), ("/spec/list/0", 4, 5), ("/spec/list/0/name", 4, 5),
            ("/spec/list/0/quoted key", 5, 5), ("/spec/list/1", 6, 5), ("/spec/list/1/0", 6, 9),
            ("/spec/list/1/1", 6, 13),
            ("/again", 7, 1), ("/again/0", 6, 9), ("/again/1", 6, 13),
        ]
        #expect(document.marks.count == expected.count)
        for (pointer, line, column) in expected {
            #expect(
                document.marks[try #require(JSONPointer(pointer))] == YAMLMark(line: line, column: column),
                "\(pointer)"
            )
        }
    }

    @Test(
        arguments: [
            (
                "a: 1\n  b: 2\n",
                "parse YAML: mapping values are not allowed in this context at line 2, column 4\n  b: 2\n   ^"
            ),
            (
                "a:\n- [x\nb: 1\n",
                "parse YAML: did not find expected ',' or ']' while parsing a flow sequence at line 3, column 2\nb: 1\n ^"
            ),
            (
                "é: 1\nx: {é: 2, é: 3}\n",
                "parse YAML: the key \"é\" stands twice at line 2, column 11\nx: {é: 2, é: 3}\n          ^"
            ),
            ("1: a\n\"1\": b\n", "parse YAML: the key \"1\" stands twice at line 2, column 1\n\"1\": b\n^"),
            (
                "? \"a\\nb\"\n: 1\n? \"a\\nb\"\n: 2\n",
                "parse YAML: the key \"a b\" stands twice at line 3, column 3\n? \"a\\nb\"\n  ^"
            ),
            (
                "a: !!int \"b\\nc\"",
                "parse YAML: \"b c\" is no !!int at line 1, column 4\na: !!int \"b\\nc\"\n   ^"
            ),
            (
                "a: !!int \"\(String(repeating: "b", count: 99))\"",
                "parse YAML: \"\(String(repeating: "b", count: 80))\" is no !!int at line 1, column 4\n"
                    + "a: !!int \"\(String(repeating: "b", count: 66))…\n   ^"
            ),
            ("a: *b\n", "parse YAML: unknown alias *b at line 1, column 4\na: *b\n   ^"),
            (
                "a: &x [1, {b: *x}]",
                "parse YAML: the alias *x stands within what it names at line 1, column 15\na: &x [1, {b: *x}]\n              ^"
            ),
            ("? [a]\n: b\n", "parse YAML: a key that is no scalar at line 1, column 3\n? [a]\n  ^"),
            (
                "a: {<<: 1}",
                "parse YAML: << with another value, expected mappings at line 1, column 5\na: {<<: 1}\n    ^"
            ),
            ("a: \"\u{1}\"", "parse YAML: control characters are not allowed at line 1, column 5\na: \" \"\n    ^"),
        ] as [(String, String)]
    )
    func describesFaults(yaml: String, description: String) {
        let error = #expect(throws: YAMLError.self) { try Self.documents(yaml) }
        #expect(error?.description == description)
    }

    @Test func refusesWhatIsNotUTF8() {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.documents(in: Array("a: x\nb: ".utf8) + [0xFF]) }
        #expect(error?.summary == "parse YAML: the text is not UTF-8 at line 2, column 4")
    }

    @Test func nestingEndsAt128() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try Self.json(deep) == [deep])
        for text in [
            "[" + deep + "]", String(repeating: "- ", count: 100_000), String(repeating: "{a: ", count: 100_000),
        ] {
            let error = #expect(throws: YAMLError.self) { try Self.json(text) }
            #expect(error?.reason == "nesting beyond 128")
        }
        let chain = "- &a0 [0]\n" + (1...200).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
        #expect(#expect(throws: YAMLError.self) { try Self.json(chain) }?.reason == "nesting beyond 128")
        let merges = "- &a0 {x: 0}\n" + (1...200).map { "- &a\($0) {<<: *a\($0 - 1)}\n" }.joined()
        #expect(#expect(throws: YAMLError.self) { try Self.json(merges) }?.reason == "nesting beyond 128")
    }

    static func repeated(_ text: String, _ count: Int) -> String {
        Array(repeating: text, count: count).joined(separator: ", ")
    }

    static let laughs: String = (1...9).reduce("- &a0 [\(repeated("x", 10))]\n") { text, row in
        text + "- &a\(row) [\(repeated("*a\(row - 1)", 10))]\n"
    }

    static let merges = "- &a0 {x: 1}\n- {<<: [\(repeated("*a0", 60_000))]}\n"

    static let manyDocuments: String = Array(
        repeating: "---\n- &a [\(repeated("x", 100))]\n- [\(repeated("*a", 100))]\n",
        count: 11
    ).joined()

    @Test(.timeLimit(.minutes(1)), arguments: [laughs, merges, manyDocuments])
    func refusesAliasesThatExpandWithoutEnd(yaml: String) {
        let error = #expect(throws: YAMLError.self) { try Self.json(yaml) }
        #expect(error?.reason == "aliases expand beyond 100000 nodes")
    }

    @Test(.timeLimit(.minutes(1)))
    func takesManyNodesThatAreWrittenOut() throws {
        let text = (0..<30_000).map { "- {a\($0): [1, 2, 3]}\n" }.joined()
        #expect(try Self.documents(text).first?.marks.count == 30_000 * 5 + 1)
    }

    /// libyaml would take U+0085 for the end of a line, and make a space of it.
    @Test func readsJSONAsJSONDoes() throws {
        let text = "{\"a\": \"b\u{85}c\u{2028}d\"}"
        #expect(try Self.documents(text).map(\.value) == [JSONValue(parsing: text)])
    }
}
