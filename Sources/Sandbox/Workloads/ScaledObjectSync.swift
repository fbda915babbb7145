import JSON
import Kubernetes
import Platform

/// One look of the simulated KEDA at a ScaledObject.
///
/// Its triggers are always active, so a target at zero gets its least number of pods again unless it is paused: the
/// annotation says how many pods a paused target has. No HorizontalPodAutoscaler is made; the number is kept between the
/// bounds.
struct ScaledObjectSync {
    let object: JSONValue
    /// The Deployment that it names; nil when it is not there, or it names something else.
    let target: JSONValue?
    let now: Timestamp

    /// The Deployment that `object` names, which is the kind that it means where it names none; nil for another kind.
    static func target(of object: JSONValue) -> ObjectKey? {
        let reference = object[path: "spec", "scaleTargetRef"]
        guard reference?["kind"]?.string ?? "Deployment" == "Deployment", let name = reference?["name"]?.string else {
            return nil
        }
        return ObjectKey(namespace: object.namespace, name: name)
    }

    /// The changes.
    var changes: [ClusterChange] {
        var conditions = ConditionList(object["status"])
        let paused = object.annotation("autoscaling.keda.sh/paused-replicas")
        guard let target else {
            let message = "ScaledObject doesn't have correct scaleTargetRef specification"
            conditions.set("Ready", "False", reason: "ScaledObjectCheckFailed", message: message, at: now)
            return [report(conditions)]
        }
        let current = target[path: "spec", "replicas"]?.tally ?? 1
        let minimum = object[path: "spec", "minReplicaCount"]?.tally ?? 0
        let maximum = object[path: "spec", "maxReplicaCount"]?.tally ?? 100
        let wanted = paused.map { Int($0) ?? current } ?? max(1, minimum, min(current, maximum))
        let ready = "ScaledObject is defined correctly and is ready for scaling"
        conditions.set("Ready", "True", reason: "ScaledObjectReady", message: ready, at: now)
        conditions.set(
            "Paused",
            paused == nil ? "False" : "True",
            reason: paused == nil ? "ScaledObjectUnpaused" : "ScaledObjectPaused",
            message: paused == nil ? "pause annotation removed for ScaledObject" : "ScaledObject is paused",
            at: now
        )
        let change = wanted == current ? [] : [ClusterChange.scale(target.key, from: current, to: wanted)]
        return change + [report(conditions)]
    }

    private func report(_ conditions: ConditionList) -> ClusterChange {
        .merge(.scaledObjects, object.key, ["status": ["conditions": .array(conditions.list)]])
    }
}
