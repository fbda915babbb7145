import JSON
import Platform

/// The conditions of a status, changed as Kubernetes' controllers change them.
struct ConditionList {
    /// The conditions in their order.
    private(set) var list: [JSONValue]
    private let hasUpdateTimes: Bool

    /// The conditions that `status` holds; `hasUpdateTimes` for a Deployment's, which also tell when each was written.
    init(_ status: JSONValue?, hasUpdateTimes: Bool = false) {
        list = status?["conditions"]?.array ?? []
        self.hasUpdateTimes = hasUpdateTimes
    }

    /// The condition of that type.
    func condition(_ type: String) -> JSONValue? { list.first { $0["type"]?.string == type } }

    /// The condition's reason.
    func reason(_ type: String) -> String? { condition(type)?["reason"]?.string }

    /// Writes a condition; one that says the same already keeps its times, and one of the same status the time since
    /// when it has had it.
    ///
    /// With `isRenewed` its update time moves even so.
    mutating func set(
        _ type: String,
        _ status: String,
        reason: String,
        message: String,
        at now: Timestamp,
        isRenewed: Bool = false
    ) {
        let old = condition(type)
        let isSame = old?["status"]?.string == status
        if isSame, old?["reason"]?.string == reason, !isRenewed { return }
        var condition: JSONValue = ["type": .string(type), "status": .string(status)]
        if hasUpdateTimes { condition["lastUpdateTime"] = .string(now.rfc3339) }
        condition["lastTransitionTime"] = isSame ? old?["lastTransitionTime"] : .string(now.rfc3339)
        condition["reason"] = .string(reason)
        condition["message"] = .string(message)
        let index = list.firstIndex { $0["type"]?.string == type }
        if let index, !hasUpdateTimes {
            list[index] = condition
        } else {
            // The deployment controller puts what it has written last at the end.
            if let index { list.remove(at: index) }
            list.append(condition)
        }
    }

    /// Drops the condition.
    mutating func remove(_ type: String) { list.removeAll { $0["type"]?.string == type } }
}
