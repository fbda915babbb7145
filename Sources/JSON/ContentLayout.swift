/// The rules of a `ContentFilter`, flat: places refer to ranges of lists, and names to ranges of letters.
struct ContentLayout: Sendable {
    /// What holds at one place; of a trivial type, so that reading one counts no references.
    struct Place {
        /// A bit for each name that has a place of its own below this one.
        var marks: UInt64 = 0
        /// The names that have one.
        var members: Range<UInt16> = 0..<0
        /// The names that are left out.
        var cuts: Range<UInt16> = 0..<0
        /// The scalars that are left out.
        var constants: Range<UInt16> = 0..<0
        /// The place of any element.
        var element: UInt16?
        /// The condition under which it is left out.
        var condition: UInt16?
        /// Its spelling.
        var spelling: UInt16?
        /// That of its members.
        var memberSpelling: UInt16?
        /// Whether it is left out where nothing in it counts.
        var isLeftOutEmpty = false

        /// Whether it matters how its members are called.
        var hasNames: Bool { marks != 0 || !cuts.isEmpty }
    }

    /// The name of a member, or the beginning of one.
    struct Name {
        /// `KeyFilter.mix` of it.
        let mix: UInt64
        /// The name.
        let letters: Range<UInt16>
        /// The member's place; the root for one that is left out.
        let place: UInt16
        /// Whether it may go on.
        let isPrefix: Bool
    }

    /// A scalar that is left out.
    struct Constant {
        let kind: TapeNode.Kind
        /// The text of a number or a string.
        let letters: Range<UInt16>
    }

    /// The rules as a tree, before they are laid out.
    struct Draft {
        var treatments: [ContentFilter.Treatment] = []
        var members: [String: Draft] = [:]

        mutating func insert(_ treatment: ContentFilter.Treatment, at steps: ArraySlice<String>) {
            guard let first = steps.first else { return treatments.append(treatment) }
            members[first, default: Draft()].insert(treatment, at: steps.dropFirst())
        }
    }

    /// The places, the root first.
    private(set) var places: [Place] = []
    private(set) var names: [Name] = []
    private(set) var constants: [Constant] = []
    /// The same as `constants`.
    private(set) var values: [JSONValue] = []
    private(set) var letters: [UInt8] = []
    private(set) var conditions: [(name: String, isLeftOut: ContentFilter.Condition)] = []
    private(set) var spellings: [ContentFilter.Spelling] = []

    /// Adds the places of `draft` and all below it.
    mutating func add(_ draft: Draft) -> UInt16 {
        let index = places.count
        places.append(Place())
        var place = Place()
        var members: [Name] = []
        for (key, member) in draft.members {
            let inner = add(member)
            if key == "[]" {
                precondition(member.treatments.isEmpty, "an element can't be left out, nor spelled")
                place.element = inner
            } else {
                members.append(name(key, place: inner))
            }
        }
        for member in members { place.marks |= 1 << (member.mix >> 58) }
        place.members = append(members)
        for treatment in draft.treatments { add(treatment, to: &place) }
        places[index] = place
        return UInt16(index)
    }

    private mutating func add(_ treatment: ContentFilter.Treatment, to place: inout Place) {
        switch treatment {
        case .leftOut(let values):
            precondition(place.constants.isEmpty, "one list of what is left out at one place")
            let start = UInt16(constants.count)
            for value in values { add(value) }
            place.constants = start..<UInt16(constants.count)
        case .leftOutEmpty: place.isLeftOutEmpty = true
        case .leftOutBeside(let name, let condition):
            place.condition = UInt16(conditions.count)
            conditions.append((name, condition))
        case .without(let keys, let prefixes):
            place.cuts = append(
                keys.map { name($0, place: 0) } + prefixes.map { name($0, place: 0, isPrefix: true) }
            )
        case .spelled(let spelling):
            place.spelling = UInt16(spellings.count)
            spellings.append(spelling)
        case .membersSpelled(let spelling):
            precondition(place.members.isEmpty, "members that are spelled have no rules of their own")
            place.memberSpelling = UInt16(spellings.count)
            spellings.append(spelling)
        }
    }

    private mutating func add(_ value: JSONValue) {
        values.append(value)
        switch value {
        case .bool(let flag): constants.append(Constant(kind: flag ? .yes : .no, letters: 0..<0))
        case .number(let number): constants.append(Constant(kind: .number, letters: append(number.text)))
        case .string(let text): constants.append(Constant(kind: .string, letters: append(text)))
        // No member that is null counts anyhow.
        case .null: constants.append(Constant(kind: .null, letters: 0..<0))
        case .array, .object: preconditionFailure("only scalars are left out by their value")
        }
    }

    private mutating func name(_ text: String, place: UInt16, isPrefix: Bool = false) -> Name {
        let bytes = Array(text.utf8)
        let node = TapeNode(.string, start: 0, length: bytes.count)
        return Name(mix: KeyFilter.mix(node, bytes.span), letters: append(text), place: place, isPrefix: isPrefix)
    }

    private mutating func append(_ added: [Name]) -> Range<UInt16> {
        let start = UInt16(names.count)
        names += added
        return start..<UInt16(names.count)
    }

    private mutating func append(_ text: String) -> Range<UInt16> {
        let start = UInt16(letters.count)
        letters += Array(text.utf8)
        return start..<UInt16(letters.count)
    }
}
