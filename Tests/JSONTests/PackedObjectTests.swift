import JSON
import Testing

/// An object that is packed is the object that it was.
@Suite(.timeLimit(.minutes(1))) struct PackedObjectTests {
    private static let applied = #"{"kind":"Deployment","metadata":{"name":"podinfo"},"spec":{"replicas":2}}"#

    /// What is hard to keep.
    private static let values: [JSONValue] = [
        [:],
        ["metadata": ["name": "podinfo", "labels": ["app.kubernetes.io/name": "podinfo", "team": "green"]]],
        ["spec": ["replicas": 2, "paused": false, "ready": true, "nothing": .null, "list": [1, -0.5, "x", [], [:]]]],
        ["number": .number(JSONNumber(Int.max)), "exponent": 1e300, "empty": "", "": "empty key"],
        ["e\u{301}": 1, "\u{E9}": 2, "\u{1F600}": "\u{0}\n\"\\"],
        ["text": .string(String(repeating: "x", count: 40_000)), "after": "it"],
        [
            "annotations": [
                "applied": .string(applied), "line": .string(applied + "\n"), "two": .string(applied + "\n\n"),
            ]
        ],
        [
            "spaced": .string(#"{"kind": "Deployment", "metadata": {"name": "podinfo"}}"#),
            "open": "{ but no JSON at all: kept",
        ],
        ["escaped": .string(#"{"text":"a \u003c b and a slash \/ that we would not write"}"#)],
        ["within": .string(#"{"text":"{\"text\":\"another text that is JSON within a text\"}","is":"JSON"}"#)],
        .object(JSONObject(numbered: 16)), .object(JSONObject(numbered: 17)),
        ["many": .object(JSONObject(numbered: 500))],
    ]

    @Test(arguments: values.indices)
    func isWrittenTheSame(place: Int) {
        let value = Self.values[place]
        let packed = value.packed
        #expect(packed.text == value.text)
        #expect(packed == value)
        #expect(value == packed)
        #expect(packed == value.packed)
        #expect(packed.hashValue == value.hashValue)
        #expect(packed.packed.text == value.text)
    }

    @Test(arguments: values.indices)
    func findsWhatIsThereAndNothingElse(place: Int) throws {
        let value = Self.values[place]
        let packed = try #require(value.packed.object)
        let object = try #require(value.object)
        #expect(packed.count == object.count)
        #expect(packed.isEmpty == object.isEmpty)
        #expect(packed.keys == object.keys)
        for member in object { #expect(packed[member.key] == member.value) }
        #expect(packed["no such member"] == nil)
    }

    @Test(arguments: values.indices)
    func findsWhatStandsTwoLevelsDown(place: Int) {
        let value = Self.values[place]
        for object in [value, value.packed] {
            for member in value.object ?? JSONObject() {
                for inner in member.value.object ?? JSONObject() {
                    #expect(object[member.key, inner.key] == inner.value)
                }
                #expect(object[member.key, "absent"] == nil)
            }
            #expect(object["absent", "name"] == nil)
        }
    }

    @Test func keepsTextsApartByTheirBytes() {
        let packed: JSONValue = (["\u{E9}": "\u{E9}"] as JSONValue).packed
        #expect(packed["e\u{301}"] == nil)
        #expect(packed["\u{E9}"]?.string.map { Array($0.utf8) } == [0xC3, 0xA9])
    }

    @Test func changesLikeAnyObjectAndLeavesWhatItWas() {
        let value: JSONValue = ["metadata": ["labels": ["a": "1", "b": "2"]], "spec": ["replicas": 1]]
        let packed = value.packed
        var (changed, wanted) = (packed, value)
        for step in 0..<20 {
            changed[path: "metadata", "labels", "k\(step)"] = .number(JSONNumber(step))
            wanted[path: "metadata", "labels", "k\(step)"] = .number(JSONNumber(step))
        }
        changed[path: "metadata", "labels", "a"] = nil
        wanted[path: "metadata", "labels", "a"] = nil
        #expect(changed.text == wanted.text)
        #expect(changed != packed)
        #expect(packed == value)
        #expect(changed.packed.text == wanted.text)
    }

    @Test func differsWhereTheValuesDo() {
        let value: JSONValue = ["a": ["b": 1, "c": [1, 2]]]
        #expect(value.packed != (["a": ["b": 2, "c": [1, 2]]] as JSONValue).packed)
        #expect(value.packed != (["a": ["b": 1, "c": [2, 1]]] as JSONValue).packed)
        #expect(value.packed == (["a": ["c": [1, 2], "b": 1]] as JSONValue).packed)
    }

    @Test func isNoJSONWhereItIsNone() {
        #expect(JSONValue.string("text").packed == "text")
        #expect((["a": 1] as JSONValue).packed.array == nil)
    }
}

extension JSONObject {
    /// So many members.
    fileprivate init(numbered count: Int) {
        self.init()
        for number in 0..<count { self["member \(number)"] = ["is": .number(JSONNumber(number))] }
    }
}
