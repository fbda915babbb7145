import JSON
import Kubernetes
import Platform

/// What happens to the pods that are there when only the number changes, or the Deployment is paused.
extension DeploymentSync {
    /// Brings the sets to the number that is asked for without changing which template runs.
    mutating func scale() {
        let active = sets.indices.filter { sets[$0].replicas > 0 }
        if active.count <= 1 {
            guard let index = active.first ?? newIndex ?? sets.indices.last else { return }
            scale(index, to: spec.replicas)
        } else if let newIndex, isSaturated(sets[newIndex]) {
            for index in active where index != newIndex { scale(index, to: 0) }
        } else if case .rolling = spec.strategy {
            scaleInProportion(active)
        } else {
            // Several sets without a rolling update: what is there is noted, and the rollout goes on.
            for index in active { scale(index, to: sets[index].replicas) }
        }
    }

    /// Whether `set` alone has all pods that are asked for.
    private func isSaturated(_ set: ReplicaSetState) -> Bool {
        let desired = set.object.annotation(ReplicaSetState.desiredAnnotation).flatMap { Int($0) }
        return set.replicas == spec.replicas && desired == spec.replicas && set.available == spec.replicas
    }

    /// Spreads the pods that come or go over the sets by their size, the largest first, the newer of two that are
    /// equal.
    private mutating func scaleInProportion(_ active: [Int]) {
        let total = active.reduce(0) { $0 + sets[$1].replicas }
        let difference = spec.maximum - total
        let ordered = active.sorted { (sets[$0].replicas, $0) > (sets[$1].replicas, $1) }
        var rest = difference
        var sizes: [Int: Int] = [:]
        for index in ordered {
            let old = sets[index].replicas
            let share = (Double(old) * Double(difference) / Double(max(total, 1))).rounded()
            let part = difference > 0 ? min(Int(share), rest) : max(Int(share), rest)
            sizes[index] = max(0, old + part)
            rest -= part
        }
        if let first = ordered.first { sizes[first] = max(0, (sizes[first] ?? 0) + rest) }
        for index in ordered { scale(index, to: sizes[index] ?? 0) }
    }
}
