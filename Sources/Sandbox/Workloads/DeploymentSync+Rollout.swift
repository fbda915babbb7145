import JSON
import Kubernetes
import Platform

/// How the template's ReplicaSet takes the place of the ones before it.
extension DeploymentSync {
    /// Puts new pods beside the old ones and takes old ones away, within surge and availability.
    mutating func roll() {
        guard let index = newIndex else { return create(replicas: newReplicas(having: 0)) }
        noteRevision()
        let wanted = sets[index].replicas > spec.replicas ? spec.replicas : newReplicas(having: sets[index].replicas)
        if wanted != sets[index].replicas { return scale(index, to: wanted) }
        scale(index, to: wanted)
        scaleOldDown(beside: index)
    }

    /// Takes all old pods away, and makes new ones when the last is gone.
    mutating func recreate() {
        let old = sets.indices.filter { $0 != newIndex }
        let running = old.filter { sets[$0].replicas > 0 }
        for index in running { scale(index, to: 0) }
        guard running.isEmpty, old.allSatisfy({ sets[$0].current == 0 }) else { return }
        guard let index = newIndex else { return create(replicas: spec.replicas) }
        noteRevision()
        scale(index, to: spec.replicas)
    }

    /// How many pods the new set may have now, when it has `count`.
    private func newReplicas(having count: Int) -> Int {
        let total = sets.reduce(0) { $0 + $1.replicas }
        guard total < spec.maximum else { return count }
        return count + min(spec.maximum - total, spec.replicas - count)
    }

    /// First the old pods that are not available, then as many of the others as may go.
    private mutating func scaleOldDown(beside newIndex: Int) {
        let old = sets.indices.filter { $0 != newIndex && sets[$0].replicas > 0 }
        guard !old.isEmpty else { return }
        let total = sets.reduce(0) { $0 + $1.replicas }
        let newUnavailable = sets[newIndex].replicas - sets[newIndex].available
        var budget = total - spec.minimumAvailable - newUnavailable
        guard budget > 0 else { return }
        for index in old where budget > 0 {
            let unhealthy = min(budget, sets[index].replicas - sets[index].available)
            guard unhealthy > 0 else { continue }
            scale(index, to: sets[index].replicas - unhealthy)
            budget -= unhealthy
        }
        let available = sets.reduce(0) { $0 + $1.available }
        var surplus = available - spec.minimumAvailable
        for index in old where surplus > 0 {
            let count = min(surplus, sets[index].replicas)
            guard count > 0 else { continue }
            scale(index, to: sets[index].replicas - count)
            surplus -= count
        }
    }

    /// Makes the ReplicaSet for the present template.
    private mutating func create(replicas: Int) {
        let object = newSet(replicas: replicas)
        change(.put(.replicaSets, object))
        sets.append(ReplicaSetState(object: object))
        let message = "Created new replica set \"\(newName)\""
        conditions.set("Progressing", "True", reason: "NewReplicaSetCreated", message: message, at: now)
        if replicas > 0 { recordScaling(newName, from: 0, to: replicas) }
    }

    private func newSet(replicas: Int) -> JSONValue {
        let label = "pod-template-hash"
        let hash = JSONValue.string(spec.templateHash)
        var template = spec.template
        template[path: "metadata", "labels", label] = hash
        var selector = spec.object[path: "spec", "selector"] ?? .object(JSONObject())
        selector[path: "matchLabels", label] = hash
        var setSpec: JSONValue = ["replicas": .number(JSONNumber(replicas))]
        if spec.minReadySeconds > 0 { setSpec["minReadySeconds"] = .number(JSONNumber(spec.minReadySeconds)) }
        setSpec["selector"] = selector
        setSpec["template"] = template
        var object: JSONValue = [
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": [
                "name": .string(newName), "namespace": .string(spec.object.namespace ?? ""),
                "labels": template[path: "metadata", "labels"] ?? .null,
                "ownerReferences": [ObjectOwner.reference(to: spec.object, .deployments)],
            ],
            "spec": setSpec,
        ]
        annotate(&object)
        object[path: "metadata", "annotations", ReplicaSetState.revisionAnnotation] = .string(String(nextRevision))
        return object
    }

    private var nextRevision: Int { (sets.map(\.revision).max() ?? 0) + 1 }

    /// Gives the present template's set the highest revision: a template that comes back is a new revision.
    mutating func noteRevision() {
        guard let index = newIndex else { return }
        let others = sets.indices.filter { $0 != index }.map { sets[$0].revision }.max() ?? 0
        guard sets[index].revision <= others else { return }
        let name = ReplicaSetState.revisionAnnotation
        sets[index].object[path: "metadata", "annotations", name] = .string(String(others + 1))
        change(.put(.replicaSets, sets[index].object))
    }
}
