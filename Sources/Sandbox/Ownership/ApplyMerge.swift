import JSON

/// Merging what a manager applies into what is there, and taking out what it no longer applies.
///
/// Source: the merge of sigs.k8s.io/structured-merge-diff.
enum ApplyMerge {
    /// `live` with all that `applied` says.
    static func merged(_ live: JSONValue?, _ applied: JSONValue, _ shape: ValueShape) -> JSONValue {
        switch (live, applied) {
        case (let live?, .object(let changes)) where !shape.isAtomic && live.object != nil:
            var result = live.object ?? JSONObject()
            for member in changes {
                guard let inner = shape.member(member.key) else { continue }
                result[member.key] = member.value.isNull ? nil : merged(result[member.key], member.value, inner)
            }
            return .object(result)
        case (.array(let old)?, .array(let new)):
            guard let before = FieldStep.elements(old, shape.identity),
                let after = FieldStep.elements(new, shape.identity)
            else { return applied }
            return .array(merged(before, after, shape.items))
        default: return applied
        }
    }

    private typealias Elements = [(step: String, element: JSONValue)]

    /// The elements in the order in which they are applied; others stay before the one that they stood before.
    private static func merged(_ old: Elements, _ new: Elements, _ shape: ValueShape) -> [JSONValue] {
        let known = Dictionary(old.map { ($0.step, $0.element) }) { first, _ in first }
        let applied = Set(new.map(\.step))
        var rest = new[...]
        var result: [JSONValue] = []
        func take() {
            guard let (step, element) = rest.popFirst() else { return }
            result.append(merged(known[step], element, shape))
        }
        for (step, element) in old {
            guard applied.contains(step) else {
                result.append(element)
                continue
            }
            while rest.contains(where: { $0.step == step }) { take() }
        }
        while !rest.isEmpty { take() }
        return result
    }

    /// `value` without the places in `gone`, but for what is in `kept` or holds something of it.
    static func removing(
        _ gone: FieldSet,
        keeping kept: FieldSet,
        from value: JSONValue,
        _ shape: ValueShape
    ) -> JSONValue {
        switch value {
        case .object(let members):
            var result = JSONObject()
            for member in members {
                let step = FieldStep.member(member.key)
                result[member.key] = rest(of: member.value, at: step, gone, kept, shape.member(member.key) ?? .free)
            }
            return .object(result)
        case .array(let list):
            guard let elements = FieldStep.elements(list, shape.identity) else { return value }
            return .array(elements.compactMap { rest(of: $0.element, at: $0.step, gone, kept, shape.items) })
        default: return value
        }
    }

    private static func rest(
        of value: JSONValue,
        at step: String,
        _ gone: FieldSet,
        _ kept: FieldSet,
        _ shape: ValueShape
    ) -> JSONValue? {
        guard let child = gone.children[step] else { return value }
        let held = kept.children[step] ?? FieldSet()
        if child.isMember, held.isEmpty { return nil }
        let rest = removing(child, keeping: held, from: value, shape)
        let isEmptied = rest.object?.isEmpty == true || rest.array?.isEmpty == true
        return isEmptied && rest != value && held.isEmpty ? nil : rest
    }
}
