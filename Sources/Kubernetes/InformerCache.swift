import JSON

/// An informer's objects, and what changes of them mean; no suspension, no clock.
struct InformerCache {
    /// The objects as last seen, without `managedFields`.
    private(set) var objects: [ObjectKey: JSONValue] = [:]
    /// From where a watch goes on; nil when the next step is a list.
    private(set) var resourceVersion: String?
    /// Whether a list has been taken in.
    private(set) var hasSynced = false
    /// What is kept of an object.
    private let keep: @Sendable (JSONValue) -> JSONValue

    /// An empty cache that keeps of each object what `keep` makes of it, by default all.
    init(keep: @escaping @Sendable (JSONValue) -> JSONValue = { $0 }) { self.keep = keep }

    /// Takes in a list and returns how it differs from what was known.
    mutating func replace(with list: ObjectList) -> [InformerEvent] {
        var events: [InformerEvent] = []
        var gone = objects
        for object in list.items {
            gone[object.key] = nil
            events += take(object)
        }
        for (key, object) in gone.sorted(by: { $0.key.description < $1.key.description }) {
            objects[key] = nil
            events.append(.deleted(object))
        }
        resourceVersion = list.resourceVersion
        hasSynced = true
        return events
    }

    /// Takes in that the server does not know the kind.
    mutating func replaceWithNothing() -> [InformerEvent] {
        let events = replace(with: ObjectList(items: [], resourceVersion: ""))
        resourceVersion = nil
        return events
    }

    /// Takes in a watch's event and returns what it means; nothing when it says what was known.
    mutating func apply(_ event: WatchEvent) -> [InformerEvent] {
        switch event {
        case .added(let object), .modified(let object):
            advance(to: object.resourceVersion)
            return take(object)
        case .deleted(let object):
            advance(to: object.resourceVersion)
            let last = trimmed(object)
            return objects.removeValue(forKey: object.key) == nil ? [] : [.deleted(last)]
        case .bookmark(let version):
            advance(to: version)
            return []
        }
    }

    /// Forgets from where to watch, so that a list comes next; the objects stay until then.
    mutating func expire() { resourceVersion = nil }

    private mutating func advance(to version: String) {
        if !version.isEmpty { resourceVersion = version }
    }

    private mutating func take(_ object: JSONValue) -> [InformerEvent] {
        let new = trimmed(object)
        let old = objects.updateValue(new, forKey: new.key)
        guard let old else { return [.added(new)] }
        // Another object of the same name was made in a gap.
        guard old.uid == new.uid else { return [.deleted(old), .added(new)] }
        guard old.resourceVersion != new.resourceVersion || new.resourceVersion.isEmpty else { return [] }
        return [.updated(old: old, new: new)]
    }

    /// What is kept of it, without `managedFields`, often half of an object, which nobody here reads.
    private func trimmed(_ object: JSONValue) -> JSONValue {
        guard object[path: "metadata", "managedFields"] != nil else { return keep(object) }
        var object = object
        object[path: "metadata", "managedFields"] = nil
        return keep(object)
    }
}
