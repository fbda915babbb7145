import JSON
import Testing

@Suite struct JSONCursorTests {
    static let text = #"""
        {"kind": "Canary", "list": [1, [2, {}], "z"], "n": -2.50, "whole": 2.0, "yes": true, "no": false,
         "nothing": null, "esc\u0061ped\n": "t\u00e4g \ud83d\ude00", "nested": {"a": {"b": "c"}, "empty": {}}}
        """#

    let root: JSONCursor

    init() throws { root = try JSONDocument(parsing: Array(Self.text.utf8)).root }

    @Test func readsMembers() {
        let name: StaticString = "kind"
        #expect(root[name]?.string == "Canary")
        #expect(root["nested"]?["a"]?["b"]?.string == "c")
        #expect(root["n"]?.double == -2.5)
        #expect(root["n"]?.int == nil)
        #expect(root["n"]?.number?.text == "-2.50")
        #expect(root["whole"]?.int == 2)
        #expect(root["yes"]?.bool == true)
        #expect(root["no"]?.bool == false)
        #expect(root["nothing"]?.isNull == true)
        #expect(root["escaped\n"]?.string == "täg 😀")
        #expect(root["esc\\u0061ped\\n"]?.string == nil)
        #expect(root["missing"]?.string == nil)
        #expect(root["kin"]?.string == nil)
        #expect(root["a"]?.string == nil)
        #expect(root["kind"]?["kind"]?.string == nil)
        #expect(root["kind"]?.isString("Canary") == true)
        #expect(root["kind"]?.isString("canary") == false)
        #expect(root["kind"]?.int == nil)
        #expect(root["kind"]?.bool == nil)
    }

    @Test func readsElements() {
        let list = root["list"]
        #expect(list?.elements?.map(\.typeName) == ["number", "array", "string"])
        #expect(list?[1]?[0]?.int == 2)
        #expect(list?[2]?.string == "z")
        #expect(list?[3]?.string == nil)
        #expect(list?[-1]?.string == nil)
        #expect(root.elements?.count == nil)
    }

    @Test func listsMembersInOrder() {
        #expect(root.keys == ["kind", "list", "n", "whole", "yes", "no", "nothing", "escaped\n", "nested"])
        #expect(root["nested"]?.members?.map(\.key) == ["a", "empty"])
        #expect(root["nested"]?.members?.map(\.value.typeName) == ["object", "object"])
        #expect(root.count == 9)
        #expect(root["list"]?.count == 3)
        #expect(root["kind"]?.count == nil)
        #expect(root["kind"]?.keys == nil)
    }

    @Test func givesTheBytesAsWritten() {
        func written(_ cursor: JSONCursor?) -> String? { cursor.map { String(decoding: $0.bytes, as: UTF8.self) } }
        #expect(written(root["kind"]) == "\"Canary\"")
        #expect(written(root["n"]) == "-2.50")
        #expect(written(root["list"]?[1]) == "[2, {}]")
        #expect(written(root["nested"]) == #"{"a": {"b": "c"}, "empty": {}}"#)
        #expect(written(root) == Self.text)
    }

    @Test(arguments: [
        (#"{"a":1,"b":[1,2]}"#, #"{ "b" : [1, 2], "\u0061": 1 }"#, true), (#"{"a":1}"#, #"{"a":1,"b":2}"#, false),
        (#"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#, false), (#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#, false),
        ("[1,2]", "[2,1]", false),
        ("[1]", "[1,2]", false), ("[1,2]", "[1]", false), ("1", "1.0", false), (#""é""#, #""\u00e9""#, true),
        ("\"e\u{301}\"", "\"\u{E9}\"", false), ("null", "false", false), ("[]", "{}", false), ("[ ]", "[]", true),
        ("\"1\"", "1", false),
    ])
    func comparesAsTheTreesDo(left: String, right: String, isEqual: Bool) throws {
        let first = try JSONDocument(parsing: Array(left.utf8)).root
        let second = try JSONDocument(parsing: Array(right.utf8)).root
        #expect(first.isEqual(to: second) == isEqual)
        #expect(second.isEqual(to: first) == isEqual)
        #expect((first.value == second.value) == isEqual)
    }

    @Test(.timeLimit(.minutes(1)))
    func comparesLargeObjectsInAnyOrder() throws {
        let members = (0..<20_000).map { "\"key\($0)\":[\($0)]" }
        let first = try JSONDocument(parsing: Array("{\(members.joined(separator: ","))}".utf8)).root
        let second = try JSONDocument(parsing: Array("{\(members.reversed().joined(separator: ","))}".utf8)).root
        #expect(first.isEqual(to: second))
        #expect(first.value == second.value)
        #expect(first.value.hashValue == second.value.hashValue)
    }

    @Test(.timeLimit(.minutes(1)))
    func comparesDeepValuesInOnePass() throws {
        func nested(_ leaf: String) throws -> JSONCursor {
            let text = String(repeating: #"{"a":"#, count: 120) + leaf + String(repeating: "}", count: 120)
            return try JSONDocument(parsing: Array(text.utf8)).root
        }
        #expect(try !nested("1").isEqual(to: nested("2")))
        #expect(try nested("1").value != nested("2").value)
    }
}
