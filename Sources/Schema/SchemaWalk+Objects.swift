import JSON

/// Fields: known, missing, retired, unknown.
extension SchemaWalk {
    mutating func checkObject(_ value: JSONValue, _ fields: [Field], _ retired: [RetiredField], _ path: FieldPath) {
        guard let object = value.object else { return wrongType(value, "an object", path) }
        // A field that stands there misspelt or under its old name is not missing as well.
        var accounted: Set<String> = []
        var unknown: [Finding] = []
        for member in object where !fields.contains(where: { $0.name == member.key }) {
            if let field = retired.first(where: { $0.name == member.key }) {
                if let name = field.replacement { accounted.insert(name) }
                let standsBeside = field.replacement.flatMap { object[$0] }.map { !$0.isNull } ?? false
                checkRetired(field, member.value, standsBeside ? [] : fields, path)
            } else {
                let guess =
                    findings.count + unknown.count < Self.guessLimit
                    ? guess(member.key, missing: fields.filter { (object[$0.name] ?? .null).isNull }, fields, path)
                    : .nothing
                if case .sibling(let name) = guess { accounted.insert(name) }
                unknown.append(unknownField(member.key, member.value, guess, fields, path))
            }
        }
        findings += unknown
        for field in fields {
            if let member = object[field.name], !member.isNull {
                check(member, field.schema, path.member(field.name))
            } else if field.isRequired, !accounted.contains(field.name) {
                checkAbsence(field, path.member(field.name))
            }
        }
    }

    private mutating func checkAbsence(_ field: Field, _ path: FieldPath) {
        if let absence = field.absence { return add(absence, path, nil) }
        add("missing-field", path, nil, "must be there", "write \(Self.example(field.schema))")
    }

    /// Says that the field is retired, and looks into it as if it stood in the new place, which is one of `fields`.
    ///
    /// Where the new place is taken, nothing in the old one has a meaning.
    private mutating func checkRetired(_ field: RetiredField, _ value: JSONValue, _ fields: [Field], _ path: FieldPath)
    {
        guard let replacement = fields.first(where: { $0.name == field.replacement }) else {
            let name = field.replacement
            let words = name.map { Explanation(field.explanation.rule, "is not read beside \($0)", "remove it") }
            return add(words ?? field.explanation, path.member(field.name), value)
        }
        add(field.explanation, path.member(field.name), value)
        if !value.isNull { check(value, replacement.schema, path.member(field.name)) }
    }

    /// Findings after which nobody reads on, so that no more is guessed: an object can have a hundred thousand unknown
    /// fields.
    private static let guessLimit = 100

    /// What an unknown name was probably meant to be.
    private enum Guess {
        case sibling(String)
        case elsewhere([String])
        case nothing
    }

    private func guess(_ name: String, missing: [Field], _ fields: [Field], _ path: FieldPath) -> Guess {
        let missing = missing.map(\.name)
        // A slip of one letter is more likely than a field in the wrong place, and that than two slips.
        if let near = NearestName.find(name, among: missing, within: 1) { return .sibling(near) }
        let places = SchemaPlaces(of: name, in: root, at: rootPath).nearest(to: path.description)
        if !places.isEmpty { return .elsewhere(places) }
        if let near = NearestName.find(name, among: missing) { return .sibling(near) }
        if let near = NearestName.find(name, among: fields.map(\.name)) { return .sibling(near) }
        return .nothing
    }

    private func unknownField(
        _ name: String,
        _ value: JSONValue,
        _ guess: Guess,
        _ fields: [Field],
        _ path: FieldPath
    ) -> Finding {
        let remedy =
            switch guess {
            case .sibling(let near): "did you mean \"\(near)\"?"
            case .elsewhere(let places): "\"\(name)\" belongs under \(places.joined(separator: " or "))"
            case .nothing: "remove it; known here are \(Self.list(fields.map(\.name)))"
            }
        return Finding("\(prefix)/unknown-field", at: path.member(name), value, "unknown field", remedy)
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }

    /// What to write for a value of `schema`.
    private static func example(_ schema: Schema) -> String {
        switch schema.shape {
        case .object: "an object"
        case .map: "an object"
        case .array: "a list"
        case .string(let choices, _) where !choices.isEmpty:
            choices.count == 1 ? choices[0] : "one of \(choices.filter { !$0.isEmpty }.joined(separator: ", "))"
        case .string(_, let format): format?.expected ?? "a string"
        case .integer(let bounds): bounds.text.isEmpty ? "a whole number" : "a whole number, \(bounds.text)"
        case .number(let bounds): bounds.text.isEmpty ? "a number" : "a number, \(bounds.text)"
        case .boolean: "true or false"
        case .integerOrString: "a whole number or a name"
        case .freeForm: "a value"
        }
    }
}

/// The objects of a schema that have a field of some name.
struct SchemaPlaces {
    private(set) var paths: [String] = []

    init(of name: String, in schema: Schema, at path: FieldPath) { search(name, schema, path.description) }

    private mutating func search(_ name: String, _ schema: Schema, _ path: String) {
        switch schema.shape {
        case .object(let fields, _):
            if fields.contains(where: { $0.name == name }) { paths.append(path) }
            for field in fields { search(name, field.schema, path.isEmpty ? field.name : "\(path).\(field.name)") }
        case .array(let element): search(name, element, "\(path)[]")
        case .map(let element): search(name, element, "\(path).*")
        default: break
        }
    }

    /// Those below `path`, else the nearest one above it, else those beside it or beside what it stands in; at most two.
    ///
    /// A common name such as `type` stands in many far places, of which none was meant.
    func nearest(to path: String) -> [String] {
        let here = Self.withoutIndexes(path)
        let others = paths.filter { $0 != here && $0 != "status" && !$0.hasPrefix("status.") && !$0.isEmpty }
        let below = others.filter { $0.hasPrefix(here + ".") }
        if !below.isEmpty { return Array(below.sorted { Self.depth($0) < Self.depth($1) }.prefix(1)) }
        let above = others.filter { here.hasPrefix($0 + ".") || here.hasPrefix($0 + "[") }
        if let nearest = above.max(by: { $0.count < $1.count }) { return [nearest] }
        let beside = others.filter { other in
            let owner = Self.owner(other)
            return owner.isEmpty || here == owner || here.hasPrefix(owner + ".") || here.hasPrefix(owner + "[")
        }
        return Array(beside.sorted { Self.depth($0) < Self.depth($1) }.prefix(2))
    }

    /// The object in which the object at `path`, or the list of it, is a field: `a` of `a.b[]`.
    private static func owner(_ path: String) -> String {
        path.lastIndex(of: ".").map { String(path[..<$0]) } ?? ""
    }

    private static func depth(_ path: String) -> Int { path.count { $0 == "." || $0 == "[" } }

    /// `a[3].b` as `a[].b`.
    private static func withoutIndexes(_ path: String) -> String {
        var result = ""
        var isInIndex = false
        for character in path {
            if character == "]" { isInIndex = false }
            if !isInIndex { result.append(character) }
            if character == "[" { isInIndex = true }
        }
        return result
    }
}
