import JSON
import Kubernetes
import Platform

/// Deleting, and what goes with what is deleted.
extension ClusterState {
    /// Deletes the object at `key`, or marks it where finalizers hold it back.
    mutating func delete(
        _ key: ObjectKey,
        _ call: ClusterCall,
        _ policy: DeletionPolicy = .background
    ) throws(KubernetesError) {
        let object = try stored(key, call)
        let orphans = policy == .orphan
        if call.type == .namespaces {
            terminate(object, call)
        } else if policy == .foreground {
            deleteInForeground(object, call)
        } else if object[path: "metadata", "finalizers"]?.array?.isEmpty ?? true {
            erase(object, call, orphans: orphans)
        } else {
            markDeleted(object, call)
        }
    }

    /// Removes `object` and whatever has no other owner; a definition's objects go with it.
    mutating func erase(_ object: JSONValue, _ call: ClusterCall, orphans: Bool = false) {
        let kind = Kind(call.type)
        guard let previous = objects[kind, object.key] else { return }
        objects[kind, object.key] = nil
        let number = takeVersion()
        var last = object
        last[path: "metadata", "resourceVersion"] = .string(String(number))
        announce(.deleted(last), number, kind, previous: previous)
        collect(ownedBy: object.uid, at: call.time, orphans: orphans)
        for owner in waiting.isEmpty ? [] : object[path: "metadata", "ownerReferences"]?.array ?? [] {
            finishForeground(of: owner["uid"]?.string ?? "", at: call)
        }
        if call.type == .customResourceDefinitions { eraseObjects(definedBy: object, at: call.time) }
        if let namespace = object.namespace { closeNamespace(namespace, at: call.time) }
    }

    private mutating func markDeleted(_ object: JSONValue, _ call: ClusterCall) {
        guard object[path: "metadata", "deletionTimestamp"] == nil else { return }
        var object = object
        object[path: "metadata", "deletionTimestamp"] = .string(call.time.rfc3339)
        object[path: "metadata", "deletionGracePeriodSeconds"] = 0
        _ = store(object, call)
    }

    private mutating func remove(_ object: JSONValue, _ call: ClusterCall) {
        if object[path: "metadata", "finalizers"]?.array?.isEmpty ?? true {
            erase(object, call)
        } else {
            markDeleted(object, call)
        }
    }

    /// Removes the events that were last told longer ago than `eventLifetime`, at most once a minute.
    mutating func sweepEvents(_ call: ClusterCall) {
        guard let eventLifetime, call.type == .events, call.time >= nextSweep else { return }
        nextSweep = call.time + .seconds(60)
        for event in sorted(Kind(.events)) {
            let told = ["lastTimestamp", "eventTime"].compactMap { event[$0]?.string } + [event.creation]
            guard let last = told.compactMap({ Timestamp(rfc3339: $0) }).max() else { continue }
            if last + eventLifetime < call.time { erase(event, call) }
        }
    }

    // MARK: What is owned

    private mutating func collect(ownedBy uid: String, at time: Timestamp, orphans: Bool) {
        let isOwned = { (object: JSONValue) in object.isOwned(by: uid) }
        forEachObject(at: objects.places(ownedBy: uid), where: isOwned, time: time) { state, dependent, call in
            let owners = dependent[path: "metadata", "ownerReferences"]?.array ?? []
            let rest = owners.filter { $0["uid"]?.string != uid }
            // An owner that is not there any more keeps nothing.
            if !orphans, !rest.contains(where: { state.objects.contains(uid: $0["uid"]?.string ?? "") }) {
                state.remove(dependent, call)
            } else {
                var dependent = dependent
                dependent[path: "metadata", "ownerReferences"] = rest.isEmpty ? nil : .array(rest)
                _ = state.store(dependent, call)
            }
        }
    }

    /// Deletes what has owners none of which is there any more.
    mutating func collectGarbage(at time: Timestamp) {
        forEachObject(at: objects.orphans, time: time) { state, object, call in
            guard !object.ownerUIDs.contains(where: { state.objects.contains(uid: $0) }) else { return }
            state.remove(object, call)
        }
    }

    /// Calls `body` with those objects at `places` for which `isWanted` holds, and holds still when their turn comes.
    mutating func forEachObject(
        at places: some Collection<StoredObjects.Place>,
        where isWanted: (JSONValue) -> Bool = { _ in true },
        time: Timestamp,
        _ body: (inout ClusterState, JSONValue, ClusterCall) -> Void
    ) {
        visitCount += places.count
        let typed = places.compactMap { place in types[place.kind].map { (place, $0) } }
        let ordered = typed.sorted { left, right in
            (left.1.qualifiedPlural, left.0.key.namespace ?? "", left.0.key.name)
                < (right.1.qualifiedPlural, right.0.key.namespace ?? "", right.0.key.name)
        }
        for (place, type) in ordered {
            guard let object = objects[place.kind, place.key], isWanted(object) else { continue }
            let operation = type.operation("delete", place.key)
            body(&self, object, ClusterCall(operation: operation, type: type, time: time))
        }
    }

    // MARK: What a namespace or a definition holds

    private mutating func terminate(_ namespace: JSONValue, _ call: ClusterCall) {
        if namespace[path: "metadata", "deletionTimestamp"] == nil {
            var namespace = namespace
            namespace[path: "metadata", "deletionTimestamp"] = .string(call.time.rfc3339)
            namespace[path: "status", "phase"] = "Terminating"
            _ = store(namespace, call)
        }
        let inside = objects.places(in: namespace.name)
        forEachObject(at: inside, time: call.time) { state, object, call in
            state.remove(object, call)
        }
        closeNamespace(namespace.name, at: call.time)
    }

    /// Removes a namespace that is to go, once nothing is left in it.
    private mutating func closeNamespace(_ name: String, at time: Timestamp) {
        let kind = Kind(.namespaces)
        let key = ObjectKey(namespace: nil, name: name)
        guard let namespace = objects[kind, key], namespace[path: "metadata", "deletionTimestamp"] != nil,
            objects.isEmpty(namespace: name)
        else { return }
        let operation = ResourceType.namespaces.operation("delete", key)
        erase(namespace, ClusterCall(operation: operation, type: .namespaces, time: time))
    }

    private mutating func eraseObjects(definedBy definition: JSONValue, at time: Timestamp) {
        let group = definition[path: "spec", "group"]?.string
        let plural = definition[path: "spec", "names", "plural"]?.string
        for (kind, type) in types where kind.group == group && kind.plural == plural {
            for object in sorted(kind) {
                let operation = type.operation("delete", object.key)
                erase(object, ClusterCall(operation: operation, type: type, time: time))
            }
        }
        for (number, watcher) in watchers where watcher.kind.group == group && watcher.kind.plural == plural {
            end(number, watcher)
        }
    }
}

extension JSONValue {
    /// `metadata.creationTimestamp`, empty when missing.
    fileprivate var creation: String { self[path: "metadata", "creationTimestamp"]?.string ?? "" }
}
