import JSON

/// A pod template without what does not count for its revision, in one spelling.
///
/// Null members and empty lists are left out everywhere, and else what the table of `TemplateRule` names; the order of
/// members does not count either. Everything that no rule names counts as it is, fields of later Kubernetes too.
enum CanonicalTemplate {
    /// The rules at one place in a template and below it.
    private struct Node {
        var treatments: [TemplateRule.Treatment] = []
        var members: [String: Node] = [:]

        mutating func insert(_ treatment: TemplateRule.Treatment, at steps: ArraySlice<String>) {
            guard let first = steps.first else { return treatments.append(treatment) }
            members[first, default: Node()].insert(treatment, at: steps.dropFirst())
        }
    }

    private static let root: Node = {
        var root = Node()
        for rule in TemplateRule.all {
            for steps in rule.steps { root.insert(rule.treatment, at: steps[...]) }
        }
        return root
    }()

    /// `template` without what does not count.
    static func of(_ template: JSONValue) -> JSONValue { canonical(template, root) }

    private static func canonical(_ value: JSONValue, _ node: Node) -> JSONValue {
        switch value {
        case .object(let object):
            var kept = JSONObject()
            for member in object where !member.value.isNull {
                let inner = node.members[member.key]
                let content = inner.map { canonical(member.value, $0) } ?? member.value
                if case .array(let elements) = content, elements.isEmpty { continue }
                if let inner, isLeftOut(content, inner, in: object) { continue }
                kept[member.key] = content
            }
            return treated(.object(kept), node)
        case .array(let elements):
            guard let inner = node.members["[]"] else { return value }
            return .array(elements.map { canonical($0, inner) })
        default:
            return treated(value, node)
        }
    }

    /// `value` in its one spelling.
    private static func treated(_ value: JSONValue, _ node: Node) -> JSONValue {
        var value = value
        for treatment in node.treatments {
            switch treatment {
            case .quantity: value = QuantityValue.canonical(value)
            case .quantities:
                guard let members = value.object else { continue }
                for member in members { value[member.key] = QuantityValue.canonical(member.value) }
            case .without(let keys, let prefixes):
                guard let members = value.object else { continue }
                // Made anew from what stays: to take out one after another takes quadratic time.
                var kept = JSONObject()
                for member in members
                where !keys.contains(member.key) && !prefixes.contains(where: { member.key.hasPrefix($0) }) {
                    kept[member.key] = member.value
                }
                value = .object(kept)
            case .leftOut, .leftOutEmpty, .leftOutByTag, .leftOutLike: continue
            }
        }
        return value
    }

    /// Whether `value`, a member of `object`, means the same as none.
    private static func isLeftOut(_ value: JSONValue, _ node: Node, in object: JSONObject) -> Bool {
        node.treatments.contains { treatment in
            switch treatment {
            case .leftOut(let values): values.contains(value) || isZero(value, among: values)
            case .leftOutEmpty: value.object?.isEmpty ?? false
            case .leftOutByTag:
                object["image"]?.string.map { value.string == ImageReference($0).pullPolicy } ?? false
            case .leftOutLike(let name): object[name] == value
            case .without, .quantity, .quantities: false
            }
        }
    }

    /// Whether `value` is a quantity of nothing, however written, where "0" is to be left out.
    private static func isZero(_ value: JSONValue, among values: [JSONValue]) -> Bool {
        values.contains("0") && value == "0n"
    }
}
