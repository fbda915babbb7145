import JSON

/// A `labelSelector` of an object, as policy/v1 and apps/v1 have it.
struct PodSelector {
    private let selector: JSONValue?

    /// The selector; a missing one selects nothing, an empty one everything.
    init(_ selector: JSONValue?) { self.selector = selector }

    /// Whether it selects a pod with `labels`.
    func matches(_ labels: JSONObject) -> Bool {
        guard let selector, !selector.isNull else { return false }
        let wanted = selector["matchLabels"]?.object ?? JSONObject()
        return wanted.allSatisfy { labels[$0.key] == $0.value }
            && (selector["matchExpressions"]?.array ?? []).allSatisfy { matches($0, labels) }
    }

    private func matches(_ expression: JSONValue, _ labels: JSONObject) -> Bool {
        let value = labels[expression["key"]?.string ?? ""]
        let values = expression["values"]?.array ?? []
        switch expression["operator"]?.string {
        case "In": return value.map(values.contains) ?? false
        case "NotIn": return !(value.map(values.contains) ?? false)
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        default: return false
        }
    }
}
