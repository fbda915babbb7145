import JSON
import TestSupport
import Testing

@Suite struct JSONDifferenceTests {
    @Test(
        arguments: [
            (#"{"a":1,"b":[1,{"c":2}]}"#, #"{"b":[1,{"c":2}],"a":1}"#, "[]"),
            (
                #"{"metadata":{}}"#, #"{"metadata":{"annotations":{"a/b":"c"}}}"#,
                #"[{"op":"add","path":"/metadata/annotations","value":{"a/b":"c"}}]"#
            ),
            (#"{"m":{"x":1}}"#, #"{"m":{"x":1,"a/b~":"c"}}"#, #"[{"op":"add","path":"/m/a~1b~0","value":"c"}]"#),
            (
                #"{"a":1,"b":2}"#, #"{"b":3,"c":4}"#,
                #"[{"op":"remove","path":"/a"},{"op":"replace","path":"/b","value":3},{"op":"add","path":"/c","value":4}]"#
            ),
            (
                "[1,2,3,4,5]", "[1,5]",
                #"[{"op":"remove","path":"/3"},{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}]"#
            ),
            ("[1,4]", "[1,2,3,4]", #"[{"op":"add","path":"/1","value":2},{"op":"add","path":"/2","value":3}]"#),
            ("[1,1]", "[1,1,1]", #"[{"op":"add","path":"/2","value":1}]"#),
            ("[1,1,1]", "[1,1]", #"[{"op":"remove","path":"/2"}]"#),
            (
                #"[{"n":"a","i":1},{"n":"b"}]"#, #"[{"n":"a","i":2},{"n":"b"}]"#,
                #"[{"op":"replace","path":"/0/i","value":2}]"#
            ),
            ("1", "1.0", #"[{"op":"replace","path":"","value":1.0}]"#),
            ("{}", "[]", #"[{"op":"replace","path":"","value":[]}]"#),
            (#"{"a":null}"#, "{}", #"[{"op":"remove","path":"/a"}]"#),
            ("{}", #"{"a":null}"#, #"[{"op":"add","path":"/a","value":null}]"#),
            ("[]", "[]", "[]"),
            (#"{"a":"e\u0301"}"#, #"{"a":"\u00e9"}"#, #"[{"op":"replace","path":"/a","value":"é"}]"#),
        ] as [(String, String, String)]
    )
    func namesWhatChanged(old: String, new: String, expected: String) throws {
        let patch = try JSONPatch.difference(from: JSONValue(parsing: old), to: JSONValue(parsing: new))
        #expect(patch.value.text == expected)
    }

    @Test(arguments: 0..<500)
    func appliedToTheOldGivesTheNew(seed: Int) throws {
        var generator = SeededValues(seed: UInt64(seed))
        let old = generator.value(depth: 4)
        let new = generator.changed(old, depth: 4)
        let patch = JSONPatch.difference(from: old, to: new)
        #expect(try patch.applied(to: old) == new)
        #expect(patch.isEmpty == (old == new))
        #expect(try JSONPatch(JSONValue(parsing: patch.value.serialized)) == patch)
        #expect(JSONPatch.difference(from: new, to: new).isEmpty)

        #expect(try JSONValue(parsing: old.serialized) == old)
        #expect(try JSONValue(parsing: old.prettyText) == old)
        #expect(
            try JSONDocument(parsing: old.serialized).root.isEqual(
                to: JSONDocument(parsing: Array(old.prettyText.utf8)).root
            )
        )
        let first = try JSONDocument(parsing: old.serialized).root
        let second = try JSONDocument(parsing: new.serialized).root
        #expect(first.isEqual(to: second) == (old == new))
    }
}
