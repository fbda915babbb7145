import JSON
import Kubernetes
import Platform

/// Deleting what an object owns before the object.
extension ClusterState {
    /// The finalizer of an object that waits for what it owns.
    private static let finalizer: JSONValue = "foregroundDeletion"

    /// Marks `object`, deletes what it owns, and removes it once nothing is left that holds it back.
    mutating func deleteInForeground(_ object: JSONValue, _ call: ClusterCall) {
        var object = object
        let finalizers = object[path: "metadata", "finalizers"]?.array ?? []
        if !finalizers.contains(Self.finalizer) {
            object[path: "metadata", "finalizers"] = .array(finalizers + [Self.finalizer])
        }
        if object[path: "metadata", "deletionTimestamp"] == nil {
            object[path: "metadata", "deletionTimestamp"] = .string(call.time.rfc3339)
            object[path: "metadata", "deletionGracePeriodSeconds"] = 0
        }
        let stored = store(object, call)
        waiting[stored.uid] = (call.type, stored.key)
        let isOwned = { (other: JSONValue) in other.isOwned(by: stored.uid) }
        forEachObject(at: objects.places(ownedBy: stored.uid), where: isOwned, time: call.time) {
            state,
            dependent,
            call in
            state.deleteInForeground(dependent, call)
        }
        finishForeground(of: stored.uid, at: call)
    }

    /// Lets go of the owner with `uid`, once nothing is left that blocks its deletion.
    mutating func finishForeground(of uid: String, at call: ClusterCall) {
        guard let (type, key) = waiting[uid], var object = objects[Kind(type), key], object.uid == uid else { return }
        let isBlocked = objects.places(ownedBy: uid)
            .contains { objects[$0.kind, $0.key]?.blocksDeletion(of: uid) == true }
        guard !isBlocked else { return }
        waiting[uid] = nil
        let rest = (object[path: "metadata", "finalizers"]?.array ?? []).filter { $0 != Self.finalizer }
        object[path: "metadata", "finalizers"] = rest.isEmpty ? nil : .array(rest)
        let own = ClusterCall(operation: type.operation("delete", key), type: type, time: call.time)
        if rest.isEmpty { erase(object, own) } else { _ = store(object, own) }
    }
}

extension JSONValue {
    /// Whether the object with `uid` is among this object's owners.
    func isOwned(by uid: String) -> Bool {
        (self[path: "metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"]?.string == uid }
    }

    /// Whether its owner with `uid` must wait for it.
    fileprivate func blocksDeletion(of uid: String) -> Bool {
        (self[path: "metadata", "ownerReferences"]?.array ?? [])
            .contains { $0["uid"]?.string == uid && $0["blockOwnerDeletion"] == true }
    }
}
