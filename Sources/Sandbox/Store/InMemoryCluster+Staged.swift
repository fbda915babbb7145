import JSON
import Kubernetes
import Platform

/// A write in two steps, as the API server needs it: admission is asked between the object as it would be and storing
/// it. No hook is called.
extension InMemoryCluster {
    /// The object at `key`.
    func current(_ key: ObjectKey, _ call: ClusterCall) throws(KubernetesError) -> JSONValue {
        try locked { state throws(KubernetesError) in try state.stored(key, call) }
    }

    /// The objects of the kind in `namespace`, or everywhere where that is nil, for which `isWanted` holds, and the
    /// version at which they were so.
    func listed(
        _ call: ClusterCall,
        in namespace: String?,
        _ isWanted: (JSONValue) -> Bool
    ) throws(KubernetesError) -> ObjectList {
        let (items, version) = try locked { state throws(KubernetesError) in
            try state.checkServed(call)
            return (state.sorted(ClusterState.Kind(call.type), in: namespace), state.version)
        }
        return ObjectList(items: items.filter(isWanted), resourceVersion: String(version))
    }

    /// `object` as it would be stored, but for its resource version.
    func prepared(
        creating object: JSONValue,
        namespace: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try locked { state throws(KubernetesError) in
            try state.prepared(creating: object, namespace: namespace, call)
        }
    }

    /// Stores what was prepared, unless the name was taken meanwhile.
    func insert(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) -> JSONValue {
        try locked { state throws(KubernetesError) in
            guard state.objects[ClusterState.Kind(call.type), object.key] == nil else {
                throw call.alreadyExists(object.name)
            }
            return state.store(object, call)
        }
    }

    /// What `old` would be stored as, once it or its subresource has become `proposed`.
    func prepared(
        changing old: JSONValue,
        to proposed: JSONValue,
        subresource: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try locked { state throws(KubernetesError) in
            try state.prepared(changing: old, to: proposed, subresource: subresource, call)
        }
    }

    /// Stores `new` in the place of `old`, unless that has changed meanwhile.
    func commit(
        _ new: JSONValue,
        over old: JSONValue,
        subresource: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try locked { state throws(KubernetesError) in
            guard try state.stored(old.key, call).resourceVersion == old.resourceVersion else {
                throw call.conflict(old.name)
            }
            return state.finish(new, subresource: subresource, call)
        }
    }

    /// Deletes `old` unless it has changed meanwhile, and returns it as it is still there; nil when it is gone.
    func delete(
        _ old: JSONValue,
        _ policy: DeletionPolicy,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue? {
        try locked { state throws(KubernetesError) in
            guard try state.stored(old.key, call).resourceVersion == old.resourceVersion else {
                throw call.conflict(old.name)
            }
            try state.delete(old.key, call, policy)
            return state.objects[ClusterState.Kind(call.type), old.key]
        }
    }

    /// Deletes what has owners none of which is there any more.
    func collectGarbage() { state.withLock { state in state.collectGarbage(at: clock.now()) } }

    /// What happens to objects of the kind after `resourceVersion`, each change with what was before it.
    func changes(
        _ call: ClusterCall,
        namespace: String?,
        from resourceVersion: String
    ) throws(KubernetesError) -> ClusterState.Changes {
        try locked { state throws(KubernetesError) in
            try state.watch(call, namespace: namespace, from: resourceVersion)
        }
    }

    /// Tells the watch `number` that nothing else happened up to now.
    func sendBookmark(to number: Int) { state.withLock { state in state.sendBookmark(to: number) } }

    /// Ends the watch `number`.
    func endWatch(_ number: Int) {
        let watcher = state.withLock { state in state.watchers.removeValue(forKey: number) }
        watcher?.finish(throwing: nil)
    }
}
