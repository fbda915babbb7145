import FlaggerAPI
package import JSON
import Platform

/// How workloads are read off their objects.
///
/// `revision` and `isAdmitted` come from annotations, which the caller knows.
extension Workload {
    /// Reads an apps/v1 Deployment.
    package init(deployment: JSONValue, revision: String?, isAdmitted: Bool) {
        let status = deployment["status"]
        let conditions = status?["conditions"]?.array ?? []
        let progressing = conditions.first { $0["type"]?.string == "Progressing" }
        let available = conditions.first { $0["type"]?.string == "Available" }
        let isShort =
            available?["status"]?.string == "False"
            && available?["reason"]?.string == "MinimumReplicasUnavailable"
        // This reason stays from the end of a rollout until the next begins, and its time with it.
        let isUnderWay = progressing?["status"] == "True" && progressing?["reason"] != "NewReplicaSetAvailable"
        let isPastDeadline = progressing?["reason"]?.string == "ProgressDeadlineExceeded"
        self.init(
            name: deployment.text("metadata", "name"),
            revision: revision,
            isAdmitted: isAdmitted,
            replicas: deployment[path: "spec", "replicas"]?.int ?? 1,
            status: Status(
                isObserved: deployment.isObserved,
                replicas: status?["replicas"]?.int ?? 0,
                updated: status?["updatedReplicas"]?.int ?? 0,
                available: status?["availableReplicas"]?.int ?? 0,
                isPastDeadline: isPastDeadline,
                pastDeadlineSince: isPastDeadline ? progressing?.updateTime : nil,
                unavailableSince: isShort ? available?.updateTime : nil,
                lastProgress: isUnderWay ? progressing?.updateTime : nil
            )
        )
        let failure = conditions.first { $0["type"] == "ReplicaFailure" && $0["status"] == "True" }
        trouble = failure.map { "pods cannot be made: \($0.text("message"))" }
    }

    /// Reads an apps/v1 DaemonSet; `isHeld` when its node selector keeps all pods away.
    ///
    /// A DaemonSet has neither conditions nor a deadline; since when pods are missing only they themselves can tell.
    package init(daemonSet: JSONValue, revision: String?, isAdmitted: Bool, isHeld: Bool) {
        let status = daemonSet["status"]
        self.init(
            kind: .daemonSet,
            name: daemonSet.text("metadata", "name"),
            revision: revision,
            isAdmitted: isAdmitted,
            replicas: isHeld ? 0 : max(1, status?["desiredNumberScheduled"]?.int ?? 0),
            status: Status(
                isObserved: daemonSet.isObserved,
                replicas: status?["currentNumberScheduled"]?.int ?? 0,
                updated: status?["updatedNumberScheduled"]?.int ?? 0,
                available: status?["numberAvailable"]?.int ?? 0
            )
        )
        if !isHeld, daemonSet.isObserved, status?["desiredNumberScheduled"]?.int ?? 0 == 0 {
            trouble = "no node takes its pods"
        }
    }

    /// A Service, which is ready as soon as it is there; `isHeld` while it takes no traffic.
    package init(service: JSONValue, revision: String?, isAdmitted: Bool, isHeld: Bool) {
        let count = isHeld ? 0 : 1
        self.init(
            kind: .service,
            name: service.text("metadata", "name"),
            revision: revision,
            isAdmitted: isAdmitted,
            replicas: count,
            status: Status(replicas: count, updated: count, available: count)
        )
    }
}

extension JSONValue {
    /// Whether the object's controller has seen its current spec.
    fileprivate var isObserved: Bool {
        (self[path: "status", "observedGeneration"]?.int ?? 0) >= (self[path: "metadata", "generation"]?.int ?? 0)
    }

    /// When a Deployment's condition was last written.
    fileprivate var updateTime: Timestamp? {
        (self["lastUpdateTime"] ?? self["lastTransitionTime"])?.string.flatMap { Timestamp(rfc3339: $0) }
    }

    fileprivate func text(_ key: String) -> String { self[key]?.string ?? "" }

    fileprivate func text(_ outer: String, _ key: String) -> String { self[path: outer, key]?.string ?? "" }
}
