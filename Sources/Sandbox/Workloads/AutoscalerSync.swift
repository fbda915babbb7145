import JSON
import Kubernetes
import Platform

/// One look of the simulated HorizontalPodAutoscaler controller.
///
/// It brings the number of replicas between minimum and maximum and leaves a target at zero alone, as the real one
/// does; what its metrics say is made up to be halfway to their targets, so they never ask for more or less.
struct AutoscalerSync {
    let autoscaler: JSONValue
    /// The Deployment that it names; nil when it is not there, or it names something else.
    let target: JSONValue?
    let now: Timestamp

    /// The Deployment that `autoscaler` names; nil where it names something else.
    static func target(of autoscaler: JSONValue) -> ObjectKey? {
        let reference = autoscaler[path: "spec", "scaleTargetRef"]
        guard reference?["kind"]?.string == "Deployment", let name = reference?["name"]?.string else { return nil }
        return ObjectKey(namespace: autoscaler.namespace, name: name)
    }

    /// The changes.
    var changes: [ClusterChange] {
        var conditions = ConditionList(autoscaler["status"])
        guard let target else {
            let message = "the HPA controller was unable to get the target's current scale"
            conditions.set("AbleToScale", "False", reason: "FailedGetScale", message: message, at: now)
            return [report(conditions, current: 0, desired: 0)]
        }
        let current = target[path: "spec", "replicas"]?.tally ?? 1
        let running = target[path: "status", "replicas"]?.tally ?? 0
        guard current > 0 else {
            note(
                "AbleToScale",
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale",
                &conditions
            )
            conditions.set(
                "ScalingActive",
                "False",
                reason: "ScalingDisabled",
                message: "scaling is disabled since the replica count of the target is zero",
                at: now
            )
            conditions.remove("ScalingLimited")
            return [report(conditions, current: running, desired: 0)]
        }
        let minimum = autoscaler[path: "spec", "minReplicas"]?.tally ?? 1
        let maximum = autoscaler[path: "spec", "maxReplicas"]?.tally ?? Int(Int32.max)
        let desired = max(minimum, min(current, maximum))
        noteActive(isRescaled: desired != current, &conditions)
        let status = report(conditions, current: running, desired: desired)
        return desired == current ? [status] : [.scale(target.key, from: current, to: desired), status]
    }

    private func noteActive(isRescaled: Bool, _ conditions: inout ConditionList) {
        if isRescaled {
            note(
                "AbleToScale",
                "SucceededRescale",
                "the HPA controller was able to update the target scale",
                &conditions
            )
        } else {
            note("AbleToScale", "ReadyForNewScale", "recommended size matches current size", &conditions)
        }
        let message = "the HPA was able to successfully calculate a replica count"
        note("ScalingActive", "ValidMetricFound", message, &conditions)
        conditions.set(
            "ScalingLimited",
            "False",
            reason: "DesiredWithinRange",
            message: "the desired count is within the acceptable range",
            at: now
        )
    }

    private func note(_ type: String, _ reason: String, _ message: String, _ conditions: inout ConditionList) {
        conditions.set(type, "True", reason: reason, message: message, at: now)
    }

    private func report(_ conditions: ConditionList, current: Int, desired: Int) -> ClusterChange {
        var status: JSONValue = [
            "observedGeneration": .number(JSONNumber(autoscaler.generation)),
            "currentReplicas": .number(JSONNumber(current)), "desiredReplicas": .number(JSONNumber(desired)),
            "conditions": .array(conditions.list),
        ]
        status["currentMetrics"] = desired == 0 ? .null : .array(metrics)
        return .merge(.autoscalers, autoscaler.key, ["status": status])
    }

    /// Readings of the resource metrics.
    private var metrics: [JSONValue] {
        (autoscaler[path: "spec", "metrics"]?.array ?? []).compactMap { metric in
            guard let target = metric[path: "resource", "target", "averageUtilization"]?.int else { return nil }
            let current: JSONValue = ["averageUtilization": .number(JSONNumber(target / 2)), "averageValue": "50m"]
            return [
                "type": "Resource",
                "resource": ["name": metric[path: "resource", "name"] ?? "cpu", "current": current],
            ]
        }
    }
}
