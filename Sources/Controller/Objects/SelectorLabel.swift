import JSON

/// The label by which a workload's pods are told from others'.
struct SelectorLabel: Hashable {
    /// The label keys that count, the first that a selector has is taken.
    ///
    /// Source: Flagger's default selector labels.
    static let keys = ["app", "name", "app.kubernetes.io/name"]

    /// The label's name.
    let key: String
    /// Its value on the target's pods.
    let value: String
    /// Its value on the primary's pods.
    var primaryValue: String { "\(value)-primary" }

    /// The label in the selector of `deployment`; nil when it has none of `keys`.
    init?(_ deployment: JSONValue) {
        let labels = deployment[path: "spec", "selector", "matchLabels"]
        for key in Self.keys {
            guard let value = labels?[key]?.string else { continue }
            self.key = key
            self.value = value
            return
        }
        return nil
    }

    /// `labels` with the primary's value under the key.
    func rewritten(_ labels: JSONObject) -> JSONObject {
        var rewritten = JSONObject()
        for member in labels where !member.key.contains("toolkit.fluxcd.io") {
            rewritten[member.key] = member.value
        }
        rewritten[key] = .string(primaryValue)
        return rewritten
    }

    /// A label selector that selects the primary's pods where `selector` selects the target's.
    func rewritten(selector: JSONValue) -> JSONValue {
        var selector = selector
        if selector["matchLabels"]?[key]?.string == value {
            selector[path: "matchLabels", key] = .string(primaryValue)
        }
        if let expressions = selector["matchExpressions"]?.array {
            selector["matchExpressions"] = .array(expressions.map(rewritten(expression:)))
        }
        return selector
    }

    private func rewritten(expression: JSONValue) -> JSONValue {
        guard expression["key"]?.string == key, let values = expression["values"]?.array else { return expression }
        var expression = expression
        expression["values"] = .array(values.map { $0.string == value ? .string(primaryValue) : $0 })
        return expression
    }
}
