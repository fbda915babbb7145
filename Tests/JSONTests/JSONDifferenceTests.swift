import JSON
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

/// Values drawn from a seed (SplitMix64), with keys and texts that need escapes.
struct SeededValues: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func text() -> String {
        let pieces = [
            "a", "b/", "~", "é", "e\u{301}", "\"", "\\", "\n", "\u{1}", "😀", "-", "0", " long enough to scan",
        ]
        return (0..<below(3)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    mutating func value(depth: Int) -> JSONValue {
        switch below(depth == 0 ? 5 : 9) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .number(JSONNumber(below(5)))
        case 3: return .number(JSONNumber(Double(below(9)) / 4))
        case 4: return .string(text())
        case 5, 6: return .array((0..<below(6)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<below(below(8) == 0 ? 60 : 6) {
                object[text() + String(below(40))] = value(depth: depth - 1)
            }
            return .object(object)
        }
    }

    /// The value with a few places changed, members and elements added, removed and put elsewhere.
    mutating func changed(_ value: JSONValue, depth: Int) -> JSONValue {
        if below(12) == 0 { return self.value(depth: depth) }
        switch value {
        case .array(var elements):
            for index in elements.indices where below(3) == 0 {
                elements[index] = changed(elements[index], depth: depth - 1)
            }
            if !elements.isEmpty, below(3) == 0 { elements.remove(at: below(elements.count)) }
            if below(3) == 0 { elements.insert(self.value(depth: 1), at: below(elements.count + 1)) }
            if below(6) == 0 { elements.shuffle(using: &self) }
            return .array(elements)
        case .object(let members):
            var object = JSONObject()
            for member in below(4) == 0 ? members.shuffled(using: &self) : members.members where below(8) != 0 {
                object[member.key] = below(3) == 0 ? changed(member.value, depth: depth - 1) : member.value
            }
            if below(3) == 0 { object[text()] = self.value(depth: 1) }
            return .object(object)
        default: return value
        }
    }
}
