import JSON
import Kubernetes
import Platform

/// What the sandbox's own controllers ask for, so that they need not look at everything again after each change.
extension InMemoryCluster {
    /// What happened to objects of `types` after `version` in order, nil where that is forgotten; and up to which version
    /// that is.
    func changes(of types: [ResourceType], after version: Int) -> (entries: [ClusterState.Entry]?, version: Int) {
        let kinds = Set(types.map { ClusterState.Kind($0) })
        return state.withLock { state in
            guard version >= state.floor else { return (nil, state.version) }
            let entries = state.entries(after: version)
            state.visitCount += entries.count
            return (entries.filter { kinds.contains($0.kind) }, state.version)
        }
    }

    /// The objects of `type` that name an owner with `uid`, by namespace and name.
    func objects(_ type: ResourceType, ownedBy uid: String) -> [JSONValue] {
        let kind = ClusterState.Kind(type)
        return state.withLock { state in
            let places = state.objects.places(ownedBy: uid)
            state.visitCount += places.count
            let keys = places.filter { $0.kind == kind }.map(\.key)
                .sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }
            return keys.compactMap { state.objects[kind, $0] }
        }
    }

    /// How many objects of `type` there are.
    func count(_ type: ResourceType) -> Int { state.withLock { $0.objects.count(ClusterState.Kind(type)) } }

    /// Whether there is an object with `uid`.
    func contains(uid: String) -> Bool { state.withLock { $0.objects.contains(uid: uid) } }

    /// How many objects were walked over until now, to find or to list some: what a test holds against the size of the
    /// cluster.
    package var visitCount: Int { state.withLock { $0.visitCount } }
}

extension ClusterState {
    /// The changes after `version`, in order.
    func entries(after version: Int) -> ArraySlice<Entry> {
        var (low, high) = (log.startIndex, log.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if log[middle].version > version { high = middle } else { low = middle + 1 }
        }
        return log[low...]
    }
}
