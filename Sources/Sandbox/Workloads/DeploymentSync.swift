import JSON
import Kubernetes
import Platform

/// One look of the simulated Deployment controller at a Deployment and its ReplicaSets: state in, changes out.
///
/// It takes one step at a time, as the real controller does: it scales up or down, and goes on from what came of it.
struct DeploymentSync {
    let spec: DeploymentSpec
    /// The Deployment's ReplicaSets, the oldest first.
    var sets: [ReplicaSetState]
    let now: Timestamp
    var names: NameSource
    var conditions: ConditionList
    private(set) var changes: [ClusterChange] = []
    /// When to look again though nothing has changed.
    var wake: Timestamp?

    /// A look at `deployment` with the ReplicaSets that it owns.
    init(_ deployment: JSONValue, sets: [JSONValue], names: NameSource, at now: Timestamp) {
        spec = DeploymentSpec(object: deployment)
        self.sets = sets.map { ReplicaSetState(object: $0) }.sorted { $0.age < $1.age }
        self.names = names
        self.now = now
        conditions = ConditionList(deployment["status"], hasUpdateTimes: true)
    }

    /// The name of the ReplicaSet for the present template.
    var newName: String { "\(spec.object.name)-\(spec.templateHash)" }

    /// Where in `sets` the one for the present template is.
    var newIndex: Int? { sets.firstIndex { $0.object.name == newName } }

    /// Decides; afterwards `changes` and `wake` say what came of it.
    mutating func run() {
        notePause()
        let isScaling = sets.contains { set in
            let desired = set.object.annotation(ReplicaSetState.desiredAnnotation).flatMap { Int($0) }
            return set.replicas > 0 && desired.map { $0 != spec.replicas } ?? false
        }
        if spec.isPaused || isScaling {
            noteRevision()
            scale()
            report(isRollout: false)
        } else {
            switch spec.strategy {
            case .recreate: recreate()
            case .rolling: roll()
            }
            removeHistory()
            report(isRollout: true)
        }
    }

    /// Writes a change down.
    mutating func change(_ change: ClusterChange) { changes.append(change) }

    /// Tells in the conditions that the Deployment is paused, or no longer is.
    private mutating func notePause() {
        let reason = conditions.reason("Progressing")
        guard reason != "ProgressDeadlineExceeded" else { return }
        let wasPaused = reason == "DeploymentPaused"
        if spec.isPaused, !wasPaused {
            let message = "Deployment is paused"
            conditions.set("Progressing", "Unknown", reason: "DeploymentPaused", message: message, at: now)
        } else if !spec.isPaused, wasPaused {
            let message = "Deployment is resumed"
            conditions.set("Progressing", "Unknown", reason: "DeploymentResumed", message: message, at: now)
        }
    }

    /// Sets how many pods the set at `index` should have.
    mutating func scale(_ index: Int, to replicas: Int) {
        var set = sets[index]
        let old = set.replicas
        set.object[path: "spec", "replicas"] = .number(JSONNumber(replicas))
        annotate(&set.object)
        guard set.object != sets[index].object else { return }
        sets[index] = set
        change(.put(.replicaSets, set.object))
        guard old != replicas else { return }
        recordScaling(set.object.name, from: old, to: replicas)
    }

    /// The numbers by which a later look sees that the Deployment was scaled.
    func annotate(_ object: inout JSONValue) {
        object[path: "metadata", "annotations", ReplicaSetState.desiredAnnotation] = .string(String(spec.replicas))
        object[path: "metadata", "annotations", ReplicaSetState.maximumAnnotation] = .string(String(spec.maximum))
    }

    /// The Event that `kubectl describe` shows.
    mutating func recordScaling(_ set: String, from old: Int, to new: Int) {
        let direction = new > old ? "up" : "down"
        let event: JSONValue = [
            "apiVersion": "v1", "kind": "Event",
            "metadata": [
                "name": .string(names.eventName(about: spec.object.name, at: now)),
                "namespace": .string(spec.object.namespace ?? "default"),
            ],
            "involvedObject": spec.object.reference, "reason": "ScalingReplicaSet",
            "message": .string("Scaled \(direction) replica set \(set) from \(old) to \(new)"), "type": "Normal",
            "source": ["component": "deployment-controller"], "reportingComponent": "deployment-controller",
            "reportingInstance": "", "firstTimestamp": .string(now.rfc3339), "lastTimestamp": .string(now.rfc3339),
            "count": 1,
        ]
        change(.put(.events, event))
    }

    /// Drops the oldest ReplicaSets without pods, once the rollout is through.
    private mutating func removeHistory() {
        guard let newIndex, sets[newIndex].available == spec.replicas, sets[newIndex].current == spec.replicas else {
            return
        }
        let idle = sets.indices.filter { $0 != newIndex && sets[$0].replicas == 0 && sets[$0].current == 0 }
        let surplus = idle.prefix(max(0, idle.count - spec.historyLimit))
        for index in surplus { change(.remove(.replicaSets, sets[index].object.key)) }
        sets.remove(atOffsets: surplus)
    }
}

extension Array {
    /// Removes the elements at `offsets`.
    fileprivate mutating func remove(atOffsets offsets: some Collection<Int>) {
        for offset in offsets.sorted(by: >) { remove(at: offset) }
    }
}
