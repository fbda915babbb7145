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
    struct Entry: Sendable {
        let version: Int
        let kind: Kind
        let event: WatchEvent
        /// The object before the change; nil for a new one.
        let previous: JSONValue?
        let namespace: String?
    }

    /// A watch that runs.
    struct Watcher {
        let kind: Kind
        let namespace: String?
        let continuation: AsyncThrowingStream<Entry, any Error>.Continuation

        /// Hands `entry` over where it concerns this watch; false when the reader is too slow to take it.
        func offer(_ entry: Entry) -> Bool {
            guard entry.kind == kind, namespace == nil || namespace == entry.namespace else { return true }
            if case .dropped = continuation.yield(entry) { return false }
            return true
        }

        func finish(throwing error: KubernetesError?) { continuation.finish(throwing: error) }
    }

    /// A watch that has begun: its number and what it reports.
    struct Changes: Sendable {
        let number: Int
        let entries: AsyncThrowingStream<Entry, any Error>
    }

    /// The numbers of watches whose readers have gone.
    ///
    /// A lock of its own: a task that is cancelled says so while the runtime holds the task's lock, and a change wakes
    /// readers, which takes that lock, while the store's is held. With one lock for both, each could wait for the other.
    private let abandoned = Locked<Set<Int>>([])

    var objects = StoredObjects()
    /// How many objects were walked over, for tests of what a change costs in a cluster of many.
    var visitCount = 0
    /// The kinds' types as they were last used, for the messages of cascading deletions.
    var types: [Kind: ResourceType] = [:]
    var missingKinds: Set<Kind> = []
    /// The version of each kind's last change.
    var lastChanges: [Kind: Int] = [:]
    /// The version of the last change; a cluster never begins at 1.
    var version = 1_000
    /// The version from which on `log` is whole.
    var floor = 1_000
    var log: [Entry] = []
    var watchers: [Int: Watcher] = [:]
    var lastNumber = 0
    /// The objects that wait for what they own, by uid.
    var waiting: [String: (ResourceType, ObjectKey)] = [:]
    /// How many changes `log` holds at least before older ones are forgotten.
    var historyLimit = 10_000
    /// How many changes may wait for a watch's reader before the watch is ended.
    var watchLimit = 10_000
    /// How long an event is kept after it was last told; nil for ever.
    var eventLifetime: Duration?
    /// When events are next looked through for old ones.
    var nextSweep = Timestamp(seconds: 0)

    func checkServed(_ call: ClusterCall) throws(KubernetesError) {
        guard !missingKinds.contains(Kind(call.type)) else { throw call.notServed() }
    }

    func stored(_ key: ObjectKey, _ call: ClusterCall) throws(KubernetesError) -> JSONValue {
        try checkServed(call)
        guard let object = objects[Kind(call.type), key] else { throw call.notFound(key.name) }
        return object
    }

    /// The objects of the kind in `namespace`, or everywhere where that is nil, by namespace and name.
    mutating func sorted(_ kind: Kind, in namespace: String? = nil) -> [JSONValue] {
        let found = namespace.map { objects[kind, in: $0] } ?? objects[kind]
        visitCount += found.count
        return Self.sorted(found)
    }

    static func sorted(_ objects: [ObjectKey: JSONValue]) -> [JSONValue] {
        objects.sorted { ($0.key.namespace ?? "", $0.key.name) < ($1.key.namespace ?? "", $1.key.name) }
            .map(\.value)
    }

    // MARK: Watching

    mutating func watch(
        _ call: ClusterCall,
        namespace: String?,
        from text: String
    ) throws(KubernetesError) -> Changes {
        try checkServed(call)
        forgetAbandoned()
        let kind = Kind(call.type)
        guard let start = Int(text.isEmpty ? "0" : text) else {
            throw call.badRequest("resourceVersion: Invalid value: \"\(text)\"")
        }
        let isTooOld = start != 0 && start < floor
        let past = isTooOld ? [] : start == 0 ? present(kind) : log.filter { $0.version > start }
        let (entries, continuation) = AsyncThrowingStream<Entry, any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(past.count + watchLimit)
        )
        let watcher = Watcher(kind: kind, namespace: namespace, continuation: continuation)
        for entry in past { _ = watcher.offer(entry) }
        lastNumber += 1
        let number = lastNumber
        if isTooOld {
            let message = "too old resource version: \(start) (\(floor))"
            continuation.finish(throwing: call.failure(410, "Expired", message))
        } else {
            watchers[number] = watcher
            continuation.onTermination = { [abandoned] _ in _ = abandoned.withLock { $0.insert(number) } }
        }
        return Changes(number: number, entries: entries)
    }

    /// What is there, as a watch from nowhere hears of it.
    private mutating func present(_ kind: Kind) -> [Entry] {
        let version = version
        return sorted(kind)
            .map { object in
                Entry(
                    version: Int(object.resourceVersion) ?? version,
                    kind: kind,
                    event: .added(object),
                    previous: nil,
                    namespace: object.namespace
                )
            }
    }

    /// Tells the watch `number`, or all of them, that nothing else happened up to the present version.
    func sendBookmark(to number: Int? = nil) {
        for (other, watcher) in watchers where number == nil || number == other {
            let event = WatchEvent.bookmark(resourceVersion: String(version))
            let entry = Entry(version: version, kind: watcher.kind, event: event, previous: nil, namespace: nil)
            // A reader that has no room for it will be ended by the next change.
            _ = watcher.continuation.yield(entry)
        }
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

    /// Lets go of the watches whose readers have gone.
    mutating func forgetAbandoned() {
        let gone = abandoned.withLock { abandoned in
            defer { abandoned = [] }
            return abandoned
        }
        for number in gone { watchers[number] = nil }
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
        let old = objects[kind, object.key]
        var object = marked(object, call)
        if let old, old == object { return old }
        if let old { object[path: "metadata", "generation"] = raisedGeneration(from: old, to: object, call) }
        let number = takeVersion()
        object[path: "metadata", "resourceVersion"] = .string(String(number))
        objects[kind, object.key] = object
        types[kind] = call.type
        announce(old == nil ? .added(object) : .modified(object), number, kind, previous: old)
        sweepEvents(call)
        return object
    }

    func raisedGeneration(from old: JSONValue, to new: JSONValue, _ call: ClusterCall) -> JSONValue? {
        guard call.hasGeneration, old["spec"] != nil || new["spec"] != nil else {
            return old[path: "metadata", "generation"]
        }
        return .number(JSONNumber(old["spec"] == new["spec"] ? old.generation : old.generation + 1))
    }

    mutating func announce(_ event: WatchEvent, _ number: Int, _ kind: Kind, previous: JSONValue?) {
        let object: JSONValue? =
            switch event {
            case .added(let object), .modified(let object), .deleted(let object): object
            case .bookmark: nil
            }
        let entry = Entry(
            version: number,
            kind: kind,
            event: event,
            previous: previous,
            namespace: object?.namespace
        )
        lastChanges[kind] = number
        log.append(entry)
        // A tenth at a time, so that a full log is not moved at every change.
        if log.count > historyLimit + historyLimit / 10 {
            let surplus = log.count - historyLimit
            floor = log[surplus - 1].version
            log.removeFirst(surplus)
        }
        for (number, watcher) in watchers where !watcher.offer(entry) { end(number, watcher) }
    }

    /// Ends a watch from within.
    mutating func end(_ number: Int, _ watcher: Watcher) {
        watchers[number] = nil
        watcher.finish(throwing: nil)
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
        if object["spec"] != nil, object.generation == 0, call.hasGeneration {
            object[path: "metadata", "generation"] = 1
        }
        return object
    }

    /// Stores an object behind the API's back.
    mutating func put(_ object: JSONValue, _ call: ClusterCall) -> JSONValue {
        var object = object
        if let old = objects[Kind(call.type), object.key] {
            for field in ["uid", "creationTimestamp", "generation", "resourceVersion"] {
                object[path: "metadata", field] = old[path: "metadata", field]
            }
        }
        return store(completed(object, call), call)
    }
}
