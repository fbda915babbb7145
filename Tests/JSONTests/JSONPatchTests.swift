import JSON
import Testing

@Suite struct JSONPatchTests {
    static func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    /// The examples of RFC 6902 appendix A that succeed, and rules of its section 4.
    @Test(
        arguments: [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
            (#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
            (
                #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
                #"{"baz":"boo","foo":"bar"}"#
            ),
            (
                #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
                #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
                #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
            ),
            (
                #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
                #"{"foo":["all","cows","eat","grass"]}"#
            ),
            (
                #"{"baz":"qux","foo":["a",2,"c"]}"#,
                #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
                #"{"baz":"qux","foo":["a",2,"c"]}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
                #"{"foo":"bar","child":{"grandchild":{}}}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
                #"{"foo":"bar","baz":"qux"}"#
            ),
            (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
            (
                #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
                #"{"foo":["bar",["abc","def"]]}"#
            ),
            ("[]", #"[{"op":"add","path":"/0","value":1},{"op":"add","path":"/1","value":null}]"#, "[1,null]"),
            ("{}", #"[{"op":"add","path":"","value":[1]}]"#, "[1]"),
            ("1", #"[{"op":"replace","path":"","value":2}]"#, "2"),
            (#"{"a":1}"#, #"[{"op":"add","path":"/a","value":2}]"#, #"{"a":2}"#),
            (#"{"a":[1]}"#, #"[{"op":"copy","from":"/a","path":"/a/0"}]"#, #"{"a":[[1],1]}"#),
            (#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1}"#),
            (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
            (
                #"{"a":{"b":1,"c":[1,2.0]}}"#, #"[{"op":"test","path":"/a","value":{"c":[1.0,2],"b":1e0}}]"#,
                #"{"a":{"b":1,"c":[1,2.0]}}"#
            ),
            (
                #"{"a":1,"b":2,"c":3}"#,
                #"[{"op":"replace","path":"/b","value":{"x":[]}},{"op":"add","path":"/b/x/-","value":7}]"#,
                #"{"a":1,"b":{"x":[7]},"c":3}"#
            ),
        ] as [(String, String, String)]
    )
    func applies(document: String, patch: String, expected: String) throws {
        let result = try JSONPatch(Self.value(patch)).applied(to: Self.value(document))
        #expect(result.text == expected)
        #expect(try JSONPatch(JSONPatch(Self.value(patch)).value) == JSONPatch(Self.value(patch)))
    }

    @Test(
        arguments: [
            (#"{"baz":"qux"}"#, #"[{"op":"test","path":"/baz","value":"bar"}]"#, "0 (test /baz): the value is another"),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#,
                "0 (add /baz/bat): nothing is there"
            ),
            (#"{"~1":10}"#, #"[{"op":"test","path":"/~01","value":"10"}]"#, "0 (test /~01): the value is another"),
            (
                "{}", #"[{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}]"#,
                "1 (remove /b): nothing is there"
            ),
            ("{}", #"[{"op":"replace","path":"/a","value":1}]"#, "0 (replace /a): nothing is there"),
            ("{}", #"[{"op":"test","path":"/a","value":null}]"#, "0 (test /a): nothing is there"),
            ("[1]", #"[{"op":"add","path":"/2","value":1}]"#, "0 (add /2): no such index, expected 0...1 or -"),
            ("[1]", #"[{"op":"add","path":"/-1","value":1}]"#, "0 (add /-1): no such index, expected 0...1 or -"),
            ("[1]", #"[{"op":"add","path":"/01","value":1}]"#, "0 (add /01): no such index, expected 0...1 or -"),
            ("[1]", #"[{"op":"remove","path":"/1"}]"#, "0 (remove /1): nothing is there"),
            ("{}", #"[{"op":"remove","path":"/a\nb"}]"#, "0 (remove /a b): nothing is there"),
            ("[1]", #"[{"op":"remove","path":"/-"}]"#, "0 (remove /-): nothing is there"),
            ("[1]", #"[{"op":"replace","path":"/-","value":2}]"#, "0 (replace /-): nothing is there"),
            (
                "1", #"[{"op":"add","path":"/a","value":2}]"#,
                "0 (add /a): the value around it is number, expected object or array"
            ),
            ("1", #"[{"op":"remove","path":""}]"#, "0 (remove ): the whole document cannot be removed"),
            (
                #"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a","path":"/a/b"}]"#,
                "0 (move /a to /a/b): a value cannot be moved into itself"
            ),
            ("{}", #"[{"op":"move","from":"/a","path":"/b"}]"#, "0 (move /a to /b): nothing is at /a"),
            ("{}", #"[{"op":"copy","from":"/a","path":"/b"}]"#, "0 (copy /a to /b): nothing is at /a"),
        ] as [(String, String, String)]
    )
    func cannotApply(document: String, patch: String, reason: String) throws {
        let patch = try JSONPatch(Self.value(patch))
        let failure = #expect(throws: JSONPatch.Failure.self) { try patch.applied(to: Self.value(document)) }
        #expect(failure?.description == "apply JSON patch operation \(reason)")
    }

    @Test(
        arguments: [
            ("{}", "read JSON patch: object, expected array"),
            ("[1]", "read JSON patch operation 0: number, expected object"),
            ("[{}]", "read JSON patch operation 0: no op, expected add, remove, replace, move, copy or test"),
            (
                #"[{"op":"remove","path":""},{"op":"ADD","path":""}]"#,
                "read JSON patch operation 1: unknown op \"ADD\", expected add, remove, replace, move, copy or test"
            ),
            (#"[{"op":"add","path":"/a"}]"#, "read JSON patch operation 0: no value"),
            (#"[{"op":"remove"}]"#, "read JSON patch operation 0: no path, expected a JSON pointer"),
            (#"[{"op":"remove","path":"a"}]"#, "read JSON patch operation 0: path \"a\", expected a JSON pointer"),
            (#"[{"op":"copy","path":"/a"}]"#, "read JSON patch operation 0: no from, expected a JSON pointer"),
            (
                #"[{"op":"move","path":"/a","from":"/~"}]"#,
                "read JSON patch operation 0: from \"/~\", expected a JSON pointer"
            ),
        ] as [(String, String)]
    )
    func cannotRead(patch: String, description: String) throws {
        let value = try Self.value(patch)
        let failure = #expect(throws: JSONPatch.Failure.self) { try JSONPatch(value) }
        #expect(failure?.description == description)
    }

    /// The table of RFC 7386 appendix A.
    @Test(
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
            (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ] as [(String, String, String)]
    )
    func merges(document: String, patch: String, expected: String) throws {
        #expect(try Self.value(document).merging(Self.value(patch)).text == expected)
    }
}
