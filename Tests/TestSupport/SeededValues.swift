package import JSON

/// Values drawn from a seed (SplitMix64), with keys and texts that need escapes.
package struct SeededValues: RandomNumberGenerator {
    private var state: UInt64

    /// The generator that always gives the same values for `seed`.
    package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    /// A short text.
    package mutating func text() -> String {
        let pieces = [
            "a", "b/", "~", "é", "e\u{301}", "\"", "\\", "\n", "\u{1}", "😀", "-", "0", " long enough to scan",
        ]
        return (0..<below(3)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    /// A value nested at most `depth` levels.
    package mutating func value(depth: Int) -> JSONValue {
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
    package mutating func changed(_ value: JSONValue, depth: Int) -> JSONValue {
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
