import FlaggerAPI
import JSON
import Platform

/// What was done, as it stands in a journal.
extension Step {
    /// The step; of the status only what differs from `before`.
    func json(after before: CanaryStatus) -> JSONValue {
        var json: JSONValue = [:]
        if let record {
            let old = before.memory
            var changes = JSONObject()
            for member in record.memory.object ?? JSONObject() where old[member.key] != member.value {
                changes[member.key] = member.value.isNull ? "" : member.value
            }
            json["recorded"] = .object(changes)
        }
        let actions = actions.filter { !$0.isBookkeeping }
        if !actions.isEmpty { json["actions"] = .array(actions.map { .string($0.words) }) }
        if !events.isEmpty {
            json["events"] = .array(events.map { .string("\($0.reason.rawValue): \($0.message)") })
        }
        switch next {
        case .now: json["next"] = "now"
        case .after(let pause): json["next"] = .string(GoDuration(pause).text)
        }
        return json
    }
}

extension Action {
    /// The action in a line, without anything that is large or secret.
    package var words: String {
        switch self {
        case .createPrimary: "create the primary"
        case .copyTemplate(let revision): "copy the template of \(revision) to the primary"
        case .scalePrimary(let count): "scale the primary to \(count)"
        case .restorePrimary(let revision): "restore the primary to \(revision)"
        case .applyConfigs: "apply the primary's configs"
        case .applyAutoscaler: "apply the primary's autoscaler"
        case .removeStrayAutoscalers: "remove stray autoscalers"
        case .pauseAutoscaler(let isPaused):
            isPaused ? "pause the target's autoscaler" : "resume the target's autoscaler"
        case .applyDisruptionBudget: "apply the primary's disruption budget"
        case .applyService(let role): "apply the \(role.rawValue) Service"
        case .createRoute(let traffic): "create the route: \(traffic.words)"
        case .shapeRoute(let traffic): "shape the route: \(traffic.words)"
        case .setTraffic(let traffic): "set the traffic: \(traffic.words)"
        case .admitTarget(let revision, let count):
            "admit \(revision) to the target with \(count.map(String.init) ?? "its") replicas"
        case .scaleTargetToZero: "scale the target to 0"
        case .closeGate(let revision, _): "close the gate for \(revision)"
        case .recordRevision(let entry): "record revision \(entry.revision): \(entry.verdict.rawValue)"
        case .markManaged: "put the label for admission on what lacks it"
        case .restoreTarget(let count): "restore the target with \(count.map(String.init) ?? "its") replicas"
        case .handOver: "hand over"
        case .removeFinalizer: "remove the finalizer"
        }
    }
}

extension Traffic {
    /// `canary 20`, `canary 0, mirrored 25`.
    fileprivate var words: String {
        var words = "canary \(canary)"
        if mirror > 0 { words += ", mirrored \(mirror)" }
        if let session { words += ", cookie \(session.canary)" }
        if let primary = session?.primary { words += " and \(primary)" }
        return words
    }
}
