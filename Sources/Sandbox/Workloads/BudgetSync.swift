import JSON
import Kubernetes

/// One look of the simulated disruption controller at a PodDisruptionBudget: how many of its pods may go.
///
/// Source: policy/v1; the pods that are expected are those that are there.
struct BudgetSync {
    let budget: JSONValue
    /// The pods of the budget's namespace.
    let pods: [PodState]

    /// The budget's status.
    var status: JSONValue {
        let selector = budget[path: "spec", "selector"].flatMap { LabelSelector(object: $0) }
        let own = pods.filter { selector?.matches($0.object.labels) == true }
        let healthy = own.count { $0.readySince != nil }
        let desired: Int
        if let least = budget[path: "spec", "minAvailable"] {
            desired = Self.count(least, of: own.count)
        } else if let most = budget[path: "spec", "maxUnavailable"] {
            desired = max(0, own.count - Self.count(most, of: own.count))
        } else {
            desired = own.count
        }
        let numbers = [
            ("currentHealthy", healthy), ("desiredHealthy", desired), ("disruptionsAllowed", max(0, healthy - desired)),
            ("expectedPods", own.count), ("observedGeneration", budget.generation),
        ]
        var status: JSONValue = .object(JSONObject())
        for (field, number) in numbers { status[field] = .number(JSONNumber(number)) }
        return status
    }

    /// A number, or a percentage of `total` rounded up.
    private static func count(_ value: JSONValue, of total: Int) -> Int {
        if let number = value.tally { return number }
        let percent = value.string.flatMap { Double($0.prefix { $0 != "%" }) } ?? 0
        return max(0, Int((Double(total) * min(percent, 100) / 100).rounded(.up)))
    }
}
