import JSON
import Kubernetes
import Platform

/// The Deployment's status.
extension DeploymentSync {
    /// The numbers of a status.
    private struct Counts: Equatable {
        var replicas = 0
        var updated = 0
        var ready = 0
        var available = 0

        init(_ status: JSONValue?) {
            replicas = status?["replicas"]?.tally ?? 0
            updated = status?["updatedReplicas"]?.tally ?? 0
            ready = status?["readyReplicas"]?.tally ?? 0
            available = status?["availableReplicas"]?.tally ?? 0
        }

        init(_ sets: [ReplicaSetState], new: ReplicaSetState?) {
            replicas = sets.reduce(0) { $0 + $1.current }
            ready = sets.reduce(0) { $0 + $1.ready }
            available = sets.reduce(0) { $0 + $1.available }
            updated = new?.current ?? 0
        }
    }

    /// Writes the status down; `isRollout` when the look was one at a rollout, whose progress is judged.
    mutating func report(isRollout: Bool) {
        let new = newIndex.map { sets[$0] }
        let counts = Counts(sets, new: new)
        if isRollout { judgeProgress(counts, Counts(spec.object["status"])) }
        judgeAvailability(counts)
        var status: JSONValue = ["observedGeneration": .number(JSONNumber(spec.object.generation))]
        let asked = sets.reduce(0) { $0 + $1.replicas }
        let numbers = [
            ("replicas", counts.replicas), ("updatedReplicas", counts.updated), ("readyReplicas", counts.ready),
            ("availableReplicas", counts.available), ("unavailableReplicas", max(0, asked - counts.available)),
        ]
        for (field, number) in numbers { status[field] = number == 0 ? .null : .number(JSONNumber(number)) }
        status["conditions"] = .array(conditions.list)
        var patch: JSONValue = ["status": status]
        if let new {
            let name = ReplicaSetState.revisionAnnotation
            patch[path: "metadata", "annotations", name] = new.object.annotation(name).map { .string($0) }
        }
        change(.merge(.deployments, spec.object.key, patch))
    }

    private mutating func judgeAvailability(_ counts: Counts) {
        let isEnough = counts.available >= spec.minimumAvailable
        conditions.set(
            "Available",
            isEnough ? "True" : "False",
            reason: isEnough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            message: isEnough
                ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            at: now
        )
    }

    private mutating func judgeProgress(_ counts: Counts, _ old: Counts) {
        let reason = conditions.reason("Progressing")
        if counts.replicas == counts.updated, reason == "NewReplicaSetAvailable" { return }
        let subject = "ReplicaSet \"\(newName)\""
        if isComplete(counts) {
            let message = "\(subject) has successfully progressed."
            conditions.set("Progressing", "True", reason: "NewReplicaSetAvailable", message: message, at: now)
        } else if hasProgressed(counts, old) {
            let message = "\(subject) is progressing."
            conditions.set(
                "Progressing",
                "True",
                reason: "ReplicaSetUpdated",
                message: message,
                at: now,
                isRenewed: true
            )
        } else if let deadline = progressDeadline {
            guard deadline <= now else {
                wake = deadline
                return
            }
            let message = "\(subject) has timed out progressing."
            conditions.set("Progressing", "False", reason: "ProgressDeadlineExceeded", message: message, at: now)
        }
    }

    private func isComplete(_ counts: Counts) -> Bool {
        counts.updated == spec.replicas && counts.replicas == spec.replicas && counts.available == spec.replicas
    }

    private func hasProgressed(_ counts: Counts, _ old: Counts) -> Bool {
        counts.updated > old.updated || counts.replicas - counts.updated < old.replicas - old.updated
            || counts.ready > old.ready || counts.available > old.available
    }

    /// When the rollout has stood still for too long; nil when it is finished, or the deadline is past already.
    private var progressDeadline: Timestamp? {
        let condition = conditions.condition("Progressing")
        guard let condition, condition["reason"]?.string != "ProgressDeadlineExceeded" else { return nil }
        let start = condition["lastUpdateTime"]?.string.flatMap { Timestamp(rfc3339: $0) }
        return start.map { $0 + spec.progressDeadline }
    }
}
