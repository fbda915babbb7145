package import JSON
package import Kubernetes
import Platform

/// What the sandbox's own parts and the tests do to the objects behind the API's back; no hook is called.
extension InMemoryCluster {
    /// Stores `object` as it is, its status included, and fills in what the server hands out where it is missing.
    ///
    /// An object that is there is replaced, keeping uid and creation timestamp.
    @discardableResult
    package func put(_ type: ResourceType, _ object: JSONValue) -> JSONValue {
        let call = ClusterCall(operation: type.operation("put", object.key), type: type, time: clock.now())
        return state.withLock { state in state.put(object, call) }
    }

    /// The object at `key`, or nil.
    package func object(_ type: ResourceType, _ key: ObjectKey) -> JSONValue? {
        state.withLock { state in state.objects[ClusterState.Kind(type), key] }
    }

    /// The object `name` in `namespace`, or nil.
    package func object(_ type: ResourceType, _ namespace: String?, _ name: String) -> JSONValue? {
        object(type, ObjectKey(namespace: namespace, name: name))
    }

    /// The objects of `type` in `namespace`, or everywhere where that is nil, by namespace and name.
    package func objects(_ type: ResourceType, in namespace: String? = nil) -> [JSONValue] {
        state.withLock { state in state.sorted(ClusterState.Kind(type), in: namespace) }
    }

    /// Changes the object at `key`, its status too, with nothing in between, and returns it as stored; nil when it is
    /// not there.
    @discardableResult
    package func modify(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ change: (inout JSONValue) -> Void
    ) -> JSONValue? {
        let call = ClusterCall(operation: type.operation("put", key), type: type, time: clock.now())
        return state.withLock { state in
            guard var object = state.objects[ClusterState.Kind(type), key] else { return nil }
            change(&object)
            return state.put(object, call)
        }
    }

    /// Removes the object at `key`, whatever its finalizers, and what it owns; false when it is not there.
    @discardableResult
    package func remove(_ type: ResourceType, _ key: ObjectKey) -> Bool {
        let call = ClusterCall(operation: type.operation("remove", key), type: type, time: clock.now())
        return state.withLock { state in
            guard let object = state.objects[ClusterState.Kind(type), key] else { return false }
            state.erase(object, call)
            return true
        }
    }

    /// Answers every call about `type` as a server on which the kind is not installed, or as usual again.
    package func setInstalled(_ isInstalled: Bool, _ type: ResourceType) {
        state.withLock { state in
            if isInstalled {
                state.missingKinds.remove(ClusterState.Kind(type))
            } else {
                state.missingKinds.insert(ClusterState.Kind(type))
            }
        }
    }

    /// The version of the last change of an object of one of the `types`; 0 where there was none.
    func version(of types: [ResourceType]) -> Int {
        state.withLock { state in types.compactMap { state.lastChanges[ClusterState.Kind($0)] }.max() ?? 0 }
    }

    /// The resource version of the last change.
    package var resourceVersion: String { state.withLock { state in String(state.version) } }

    /// How many watches run.
    package var watcherCount: Int {
        state.withLock { state in
            state.forgetAbandoned()
            return state.watchers.count
        }
    }

    /// Forgets the history, so that a watch from any version before the present one answers 410.
    package func forgetHistory() { state.withLock { state in state.forgetHistory() } }

    /// Ends all watches, as a server does after a while, or with `error`.
    package func endWatches(throwing error: KubernetesError? = nil) {
        let ended = state.withLock { state in state.takeWatchers() }
        for watcher in ended { watcher.finish(throwing: error) }
    }

    /// Makes `changes` while no watch hears of them, then ends the watches that ran: a connection that was dead for a
    /// while.
    package func detachWatches(_ changes: (InMemoryCluster) -> Void) {
        let detached = state.withLock { state in state.takeWatchers() }
        changes(self)
        for watcher in detached { watcher.finish(throwing: nil) }
    }

    /// Sends a bookmark with the present resource version on all watches.
    package func sendBookmarks() {
        state.withLock { state in state.sendBookmark() }
    }
}
