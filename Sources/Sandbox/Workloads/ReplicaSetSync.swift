import JSON
import Kubernetes
import Platform

/// One look of the simulated ReplicaSet controller: pods made and removed, and counted.
struct ReplicaSetSync {
    let set: ReplicaSetState
    /// The pods that the set owns.
    let pods: [PodState]
    let now: Timestamp
    /// How many more pods the nodes can hold.
    let room: Int
    var names: NameSource
    /// How many pods the look made.
    private(set) var created = 0

    /// A look at `set` with its `pods`.
    init(_ set: ReplicaSetState, pods: [PodState], room: Int, names: NameSource, at now: Timestamp) {
        self.set = set
        self.pods = pods
        self.room = room
        self.names = names
        self.now = now
    }

    /// The changes, and when a pod will have been ready for long enough to be available.
    mutating func run() -> (changes: [ClusterChange], wake: Timestamp?) {
        let missing = set.replicas - pods.count
        created = min(max(0, missing), room)
        var changes: [ClusterChange] = []
        if missing > 0 {
            for _ in 0..<created {
                changes.append(.put(.pods, PodState.object(of: set.object, .replicaSets, names.podIdentity(), at: now)))
            }
        } else if missing < 0 {
            changes = victims(-missing).map { .remove(.pods, $0.object.key) }
        }
        changes.append(.merge(.replicaSets, set.object.key, ["status": status]))
        let minReady = minReady
        let wake = pods.compactMap { $0.readySince.map { $0 + minReady } }.filter { $0 > now }.min()
        return (changes, wake)
    }

    private var minReady: Duration { .seconds(set.object[path: "spec", "minReadySeconds"]?.tally ?? 0) }

    private var status: JSONValue {
        let minReady = minReady
        let ready = pods.compactMap(\.readySince)
        let available = ready.count { $0 + minReady <= now }
        var status: JSONValue = [
            "observedGeneration": .number(JSONNumber(set.object.generation)),
            "replicas": .number(JSONNumber(pods.count)),
        ]
        let numbers = [
            ("fullyLabeledReplicas", pods.count), ("readyReplicas", ready.count), ("availableReplicas", available),
        ]
        for (field, number) in numbers { status[field] = number == 0 ? .null : .number(JSONNumber(number)) }
        return status
    }

    /// Which pods go first: those that are not ready, then the youngest.
    private func victims(_ count: Int) -> [PodState] {
        let latest = Timestamp(seconds: .max)
        let sorted = pods.sorted { left, right in
            let (first, second) = (left.readySince ?? latest, right.readySince ?? latest)
            return first == second ? left.object.name < right.object.name : first > second
        }
        return Array(sorted.prefix(count))
    }
}
