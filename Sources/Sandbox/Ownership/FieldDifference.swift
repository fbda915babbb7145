import JSON

/// Which places of an object are in it, and which of them differ between two of its states.
///
/// Source: the comparison of sigs.k8s.io/structured-merge-diff.
struct FieldDifference {
    /// Places that only the new state has.
    private(set) var added = FieldSet()
    /// Places at which the states differ.
    private(set) var modified = FieldSet()
    /// Places that only the old state has.
    private(set) var removed = FieldSet()

    /// What became of `old` in `new`.
    init(from old: JSONValue, to new: JSONValue, _ shape: ValueShape) {
        var path: [String] = []
        compare(old, new, shape, &path)
    }

    private mutating func compare(
        _ old: JSONValue?,
        _ new: JSONValue?,
        _ shape: ValueShape,
        _ path: inout [String]
    ) {
        guard old != new else { return }
        if !shape.isAtomic, let (before, after) = Self.members(old, new) {
            for key in before.keys + after.keys.filter({ before[$0] == nil }) {
                guard let inner = shape.member(key) else { continue }
                descend(before[key], after[key], inner, FieldStep.member(key), &path)
            }
        } else if let (before, after) = Self.elements(old, new, shape.identity) {
            let later = Dictionary(after) { first, _ in first }
            let earlier = Dictionary(before) { first, _ in first }
            for (step, element) in before { descend(element, later[step], shape.items, step, &path) }
            for (step, element) in after where earlier[step] == nil {
                descend(nil, element, shape.items, step, &path)
            }
        } else if !path.isEmpty {
            note(old, new, path)
        }
    }

    private mutating func descend(
        _ old: JSONValue?,
        _ new: JSONValue?,
        _ shape: ValueShape,
        _ step: String,
        _ path: inout [String]
    ) {
        path.append(step)
        compare(old, new, shape, &path)
        if (old == nil) != (new == nil) { note(old, new, path) }
        path.removeLast()
    }

    private mutating func note(_ old: JSONValue?, _ new: JSONValue?, _ path: [String]) {
        if old == nil {
            added.insert(path)
        } else if new == nil {
            removed.insert(path)
        } else {
            modified.insert(path)
        }
    }

    /// The members of both states where each is an object, null or missing, and one is an object.
    private static func members(_ old: JSONValue?, _ new: JSONValue?) -> (JSONObject, JSONObject)? {
        guard old?.object != nil || new?.object != nil, isVoid(old) || old?.object != nil,
            isVoid(new) || new?.object != nil
        else { return nil }
        return (old?.object ?? JSONObject(), new?.object ?? JSONObject())
    }

    private typealias Elements = [(String, JSONValue)]

    private static func elements(
        _ old: JSONValue?,
        _ new: JSONValue?,
        _ identity: ListIdentity
    ) -> (Elements, Elements)? {
        guard identity != .atomic, old?.array != nil || new?.array != nil, isVoid(old) || old?.array != nil,
            isVoid(new) || new?.array != nil,
            let before = FieldStep.elements(old?.array ?? [], identity),
            let after = FieldStep.elements(new?.array ?? [], identity)
        else { return nil }
        return (before.map { ($0.step, $0.element) }, after.map { ($0.step, $0.element) })
    }

    private static func isVoid(_ value: JSONValue?) -> Bool { value?.isNull ?? true }
}

extension FieldSet {
    /// All places that `value` has.
    init(of value: JSONValue, _ shape: ValueShape) {
        switch value {
        case .object(let members) where !shape.isAtomic:
            for member in members {
                guard let inner = shape.member(member.key) else { continue }
                var child = FieldSet(of: member.value, inner)
                if member.value.isNull || member.value.object?.isEmpty == true || !shape.hasDeclaredMembers {
                    child.isMember = true
                }
                if !child.isEmpty { children[FieldStep.member(member.key)] = child }
            }
        case .array(let list):
            guard let elements = FieldStep.elements(list, shape.identity) else {
                isMember = true
                return
            }
            for (step, element) in elements {
                var child = FieldSet(of: element, shape.items)
                child.isMember = true
                children[step] = child
            }
        default: isMember = true
        }
    }
}
