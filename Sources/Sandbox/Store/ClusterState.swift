import JSON
import Kubernetes
import Platform

/// What an `InMemoryCluster` holds.
///
/// Plain data and its rules; no suspension, no hook.
struct ClusterState {
    /// A kind without its version, as one object is the same in all of them.
    struct Kind: Hashable {
        let group: String
        let plural: String

        init(_ type: ResourceType) {
            group = type.group
            plural = type.plural
        }
    }

    /// A change that happened.
    struct Entry {
        let version: Int
        let kind: Kind
        let event: WatchEvent
        let namespace: String?
    }

    /// A watch that runs.
    struct Watcher {
        let kind: Kind
        let namespace: String?
        let continuation: AsyncThrowingStream<WatchEvent, any Error>.Continuation

        func offer(_ entry: Entry) {
            guard entry.kind == kind, namespace == nil || namespace == entry.namespace else { return }
            continuation.yield(entry.event)
        }

        func finish(throwing error: KubernetesError?) { continuation.finish(throwing: error) }
    }

    var objects: [Kind: [ObjectKey: JSONValue]] = [:]
    /// The kinds' types as they were last used, for the messages of cascading deletions.
    var types: [Kind: ResourceType] = [:]
    var missingKinds: Set<Kind> = []
    /// The version of the last change; a cluster never begins at 1.
    var version = 1_000
    /// The version from which on `log` is whole.
    var floor = 1_000
    var log: [Entry] = []
    var watchers: [Int: Watcher] = [:]
    var lastNumber = 0

    func checkServed(_ call: ClusterCall) throws(KubernetesError) {
        guard !missingKinds.contains(Kind(call.type)) else { throw call.notServed() }
    }

    func stored(_ key: ObjectKey, _ call: ClusterCall) throws(KubernetesError) -> JSONValue {
        try checkServed(call)
        guard let object = objects[Kind(call.type)]?[key] else { throw call.notFound(key.name) }
        return object
    }

    func sorted(_ kind: Kind) -> [JSONValue] {
        let pairs = objects[kind] ?? [:]
        return pairs.sorted { ($0.key.namespace ?? "", $0.key.name) < ($1.key.namespace ?? "", $1.key.name) }
            .map(\.value)
    }

    func list(
        _ call: ClusterCall,
        namespace: String?,
        selector: LabelSelector
    ) throws(KubernetesError) -> ObjectList {
        try checkServed(call)
        let items = sorted(Kind(call.type)).filter { object in
            guard namespace == nil || object.namespace == namespace else { return false }
            var labels: [String: String] = [:]
            for member in object[path: "metadata", "labels"]?.object ?? JSONObject() {
                labels[member.key] = member.value.string
            }
            return selector.matches(labels)
        }
        return ObjectList(items: items, resourceVersion: String(version))
    }

    // MARK: Watching

    mutating func watch(
        _ call: ClusterCall,
        namespace: String?,
        from text: String,
        _ continuation: AsyncThrowingStream<WatchEvent, any Error>.Continuation
    ) throws(KubernetesError) -> Int {
        try checkServed(call)
        let watcher = Watcher(kind: Kind(call.type), namespace: namespace, continuation: continuation)
        guard let start = Int(text.isEmpty ? "0" : text) else {
            throw call.failure(400, "BadRequest", "resourceVersion: Invalid value: \"\(text)\"")
        }
        if start == 0 {
            for object in sorted(watcher.kind) where namespace == nil || object.namespace == namespace {
                continuation.yield(.added(object))
            }
        } else if start < floor {
            let message = "too old resource version: \(start) (\(floor))"
            continuation.finish(throwing: call.failure(410, "Expired", message))
        } else {
            for entry in log where entry.version > start { watcher.offer(entry) }
        }
        lastNumber += 1
        watchers[lastNumber] = watcher
        return lastNumber
    }

    mutating func takeWatchers() -> [Watcher] {
        let all = watchers.sorted { $0.key < $1.key }.map(\.value)
        watchers = [:]
        return all
    }

    mutating func forgetHistory() {
        log = []
        version += 1
        floor = version
    }

    // MARK: Storing

    mutating func takeVersion() -> Int {
        version += 1
        return version
    }

    mutating func takeNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Stores `object` under a new version, unless it equals what is there, and tells the watchers.
    mutating func store(_ object: JSONValue, _ call: ClusterCall) -> JSONValue {
        let kind = Kind(call.type)
        let old = objects[kind]?[object.key]
        if let old, old == object { return old }
        var object = object
        if let old { object[path: "metadata", "generation"] = raisedGeneration(from: old, to: object) }
        let number = takeVersion()
        object[path: "metadata", "resourceVersion"] = .string(String(number))
        objects[kind, default: [:]][object.key] = object
        types[kind] = call.type
        announce(old == nil ? .added(object) : .modified(object), number, kind, object.namespace)
        return object
    }

    private func raisedGeneration(from old: JSONValue, to new: JSONValue) -> JSONValue? {
        guard old["spec"] != nil || new["spec"] != nil else { return old[path: "metadata", "generation"] }
        return .number(JSONNumber(old["spec"] == new["spec"] ? old.generation : old.generation + 1))
    }

    mutating func announce(_ event: WatchEvent, _ number: Int, _ kind: Kind, _ namespace: String?) {
        let entry = Entry(version: number, kind: kind, event: event, namespace: namespace)
        log.append(entry)
        for watcher in watchers.values { watcher.offer(entry) }
    }

    /// The object with all that the server hands out to a new one.
    mutating func completed(_ object: JSONValue, _ call: ClusterCall) -> JSONValue {
        var object = object
        object["apiVersion"] = object["apiVersion"] ?? .string(call.type.apiVersion)
        object["kind"] = object["kind"] ?? .string(call.type.kind)
        if object.uid.isEmpty {
            let digits = String(takeNumber(), radix: 16)
            let padded = String(repeating: "0", count: 12 - digits.count) + digits
            object[path: "metadata", "uid"] = .string("00000000-0000-4000-8000-\(padded)")
        }
        if object[path: "metadata", "creationTimestamp"]?.string == nil {
            object[path: "metadata", "creationTimestamp"] = .string(call.time.rfc3339)
        }
        if object["spec"] != nil, object.generation == 0 { object[path: "metadata", "generation"] = 1 }
        return object
    }

    /// Stores an object behind the API's back.
    mutating func put(_ object: JSONValue, _ call: ClusterCall) -> JSONValue {
        var object = object
        if let old = objects[Kind(call.type)]?[object.key] {
            for field in ["uid", "creationTimestamp", "generation", "resourceVersion"] {
                object[path: "metadata", field] = old[path: "metadata", field]
            }
        }
        return store(completed(object, call), call)
    }

    // MARK: Deleting

    mutating func delete(_ key: ObjectKey, _ call: ClusterCall) throws(KubernetesError) {
        var object = try stored(key, call)
        guard object[path: "metadata", "finalizers"]?.array?.isEmpty ?? true else {
            guard object[path: "metadata", "deletionTimestamp"] == nil else { return }
            object[path: "metadata", "deletionTimestamp"] = .string(call.time.rfc3339)
            object[path: "metadata", "deletionGracePeriodSeconds"] = 0
            _ = store(object, call)
            return
        }
        erase(object, call)
    }

    /// Removes `object` and whatever has no other owner.
    mutating func erase(_ object: JSONValue, _ call: ClusterCall) {
        let kind = Kind(call.type)
        objects[kind]?[object.key] = nil
        let number = takeVersion()
        var last = object
        last[path: "metadata", "resourceVersion"] = .string(String(number))
        announce(.deleted(last), number, kind, object.namespace)
        collect(ownedBy: object.uid, at: call.time)
    }

    private mutating func collect(ownedBy uid: String, at time: Timestamp) {
        for (kind, type) in types.sorted(by: { $0.value.qualifiedPlural < $1.value.qualifiedPlural }) {
            for dependent in sorted(kind) {
                let owners = dependent[path: "metadata", "ownerReferences"]?.array ?? []
                guard owners.contains(where: { $0["uid"]?.string == uid }) else { continue }
                let call = ClusterCall(operation: type.operation("delete", dependent.key), type: type, time: time)
                let rest = owners.filter { $0["uid"]?.string != uid }
                if rest.isEmpty {
                    removeDependent(dependent, call)
                } else {
                    var dependent = dependent
                    dependent[path: "metadata", "ownerReferences"] = .array(rest)
                    _ = store(dependent, call)
                }
            }
        }
    }

    private mutating func removeDependent(_ object: JSONValue, _ call: ClusterCall) {
        if object[path: "metadata", "finalizers"]?.array?.isEmpty ?? true {
            erase(object, call)
        } else {
            var object = object
            object[path: "metadata", "deletionTimestamp"] = .string(call.time.rfc3339)
            _ = store(object, call)
        }
    }
}
