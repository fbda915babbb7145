import JSON
import TestSupport
import Testing
import YAML

@Suite struct YAMLWriterTests {
    @Test func writesBlockStyle() throws {
        let value = try JSONValue(
            parsing: #"""
                {"apiVersion": "v1", "spec": {"containers": [{"name": "x", "args": ["-v", "--level=4"], "env": []}, {}],
                 "matrix": [[1, 2], [[true]]], "none": null, "port": 8080, "share": 0.50}, "script": "a\n  b\n",
                 "on": "yes", "text": "keeps\nno end", "more": ["x\ny\n\n", " a\nb"]}
                """#
        )
        let expected = """
            apiVersion: v1
            spec:
              containers:
              - name: x
                args:
                - -v
                - --level=4
                env: []
              - {}
              matrix:
              - - 1
                - 2
              - - - true
              none: null
              port: 8080
              share: 0.50
            script: |
              a
                b
            "on": "yes"
            text: |-
              keeps
              no end
            more:
            - |+
              x
              y

            - |2-
               a
              b

            """
        #expect(YAMLWriter.text(value) == expected)
        #expect(try YAMLParser.documents(in: Array(expected.utf8)).map(\.value) == [value])
    }

    @Test(arguments: [
        "yes", "Yes", "YES", "no", "on", "On", "off", "y", "N", "true", "False", "null", "~", "", "1", "-1", "+1", "0",
        "007", "1_000",
        "0x1f", "0o17", "0b1", "017", "1e3", "1E-3", "1.", ".5", "1.5", "-1.5e+3", ".inf", "-.INF", ".NaN", "12:30",
        "1:30:00.5",
        "2001-12-14", "2001-12-14T21:59:43Z", "<<", "=", " a", "a ", "a: b", "a:", "#x", "a #b", "- a", "-", "? a", "?",
        ": a", ":",
        "[a", "{a", "]", "}", ",a", "&a", "*a", "!a", "|", ">", "'a", "\"a", "%a", "@a", "`a", "---", "--- a", "...",
        "a\tb",
        "a\u{85}b", "\u{FEFF}", "a\u{2028}b", "a\u{7}", "a\r\nb", "\n", "\n\n", " \n", "\u{FFFF}",
    ])
    func quotesWhatPlainTextWouldChange(text: String) throws {
        let written = YAMLWriter.text(.array([.string(text)]))
        #expect(written.hasPrefix("- \"") && written.hasSuffix("\"\n"), "\(written)")
        for value in [JSONValue.string(text), .array([.string(text)]), ["k": .string(text)]] {
            #expect(try YAMLParser.documents(in: Array(YAMLWriter.text(value).utf8)).map(\.value) == [value])
        }
        var keyed = JSONObject()
        keyed[text] = ["x", "y"]
        #expect(
            try YAMLParser.documents(in: Array(YAMLWriter.text(.object(keyed)).utf8)).map(\.value) == [.object(keyed)]
        )
    }

    @Test(arguments: [
        "a", "a b", "1m", "10s", "3.1.1", "10.0.0.1", "v1", "100m", "1Gi", "a:b", "a#b", "http://x/y?z=1", "-a",
        "--flag=x", "?a", ":8080",
        "stefanprodan/podinfo:3.1.0", "it's", "a\"b", "a, b", "a [b]", "é", "😀", "\\d+", "nul", "yess", "12:99", "5xx",
        "1.2e", "_1", "0xg",
        "a - b", "2001-12", "x=", "nan", "inf", "app.kubernetes.io/name", "*/5 * * * *x".replacing("*/5", with: "5/*"),
    ])
    func leavesPlainWhatReadsBackTheSame(text: String) throws {
        let written = YAMLWriter.text(.array([.string(text)]))
        #expect(written == "- \(text)\n")
        #expect(
            try YAMLParser.documents(in: Array(written.utf8)).map(\.value.text) == [
                JSONValue.array([.string(text)]).text
            ]
        )
    }

    @Test(arguments: [
        "a\nb", "a\nb\n", "a\n\nb\n\n\n", "\na\n", "\n\na", " a\nb\n", "\ta\n b", "a\n# b\n", "---\na\n", "a \nb \n",
        "é\n😀",
    ])
    func writesSeveralLinesAsLiteralBlocks(text: String) throws {
        for value in [
            JSONValue.string(text), ["k": .string(text), "l": 1], [[.string(text), "z"]],
            ["k": [["m": .string(text), "o": 2]]],
        ] {
            let written = YAMLWriter.text(value)
            #expect(written.contains("|"), "\(written)")
            #expect(try YAMLParser.documents(in: Array(written.utf8)).map(\.value) == [value], "\(written)")
        }
    }

    @Test func announcesKeysThatAreTooLongForOneLine() throws {
        var object = JSONObject()
        for value in [1, ["x": 1], [1, [2]], "a\nb\n"] as [JSONValue] {
            object[String(repeating: "é", count: 1200) + value.typeName] = value
        }
        let value: JSONValue = ["nested": .object(object), "list": [.object(object)]]
        #expect(try YAMLParser.documents(in: Array(YAMLWriter.text(value).utf8)).map(\.value) == [value])
    }

    @Test(arguments: 0..<500)
    func readsBackWhatItWrote(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed))
        let value = generator.value(depth: 5)
        let written = YAMLWriter.text(value)
        #expect(try YAMLParser.documents(in: Array(written.utf8)).map(\.value) == [value], "\(written)")
        #expect(try YAMLParser.documents(in: value.serialized).map(\.value) == [value])
    }
}
