import JSON

/// An informer's objects, and what changes of them mean; no suspension, no clock.
struct InformerCache {
    /// The objects as last seen, as they were trimmed.
    private(set) var objects: [ObjectKey: JSONValue] = [:]
    /// From where a watch goes on; nil when the next step is a list.
    private(set) var resourceVersion: String?
    /// Whether a list has been taken in.
    private(set) var hasSynced = false
    /// Whether the server knows the kind.
    private(set) var availability = KindAvailability.unknown
    private let indexes: [InformerIndex]
    /// By the index's name and the value: which objects are found there.
    private var places: [String: [String: Set<ObjectKey>]] = [:]

    /// An empty cache with these `indexes`.
    init(indexes: [InformerIndex] = []) { self.indexes = indexes }

    /// The keys of the objects that the index `name` has under `value`.
    func keys(in name: String, under value: String) -> Set<ObjectKey> { places[name]?[value] ?? [] }

    /// Takes in a list and returns how it differs from what was known.
    mutating func replace(with list: ObjectList) -> [InformerEvent] {
        var events: [InformerEvent] = []
        var gone = objects
        for object in list.items {
            gone[object.key] = nil
            events += take(object)
        }
        for (key, object) in gone.sorted(by: { $0.key.description < $1.key.description }) {
            set(nil, at: key)
            events.append(.deleted(object))
        }
        resourceVersion = list.resourceVersion
        hasSynced = true
        availability = .served
        return events
    }

    /// Takes in that the server does not know the kind.
    mutating func replaceWithNothing() -> [InformerEvent] {
        let events = replace(with: ObjectList(items: [], resourceVersion: ""))
        resourceVersion = nil
        availability = .missing
        return events
    }

    /// Takes in a watch's event, whose object is trimmed, and returns what it means; nothing when it says what was
    /// known.
    mutating func apply(_ event: WatchEvent) -> [InformerEvent] {
        switch event {
        case .added(let object), .modified(let object):
            advance(to: object.resourceVersion)
            return take(object)
        case .deleted(let object):
            advance(to: object.resourceVersion)
            return set(nil, at: object.key) == nil ? [] : [.deleted(object)]
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

    private mutating func take(_ new: JSONValue) -> [InformerEvent] {
        let key = new.key
        let known = objects[key]
        // Nothing new: what is there stays.
        if let known, known.uid == new.uid, known.resourceVersion == new.resourceVersion,
            !new.resourceVersion.isEmpty
        {
            return []
        }
        guard let old = set(new, at: key) else { return [.added(new)] }
        // Another object of the same name was made in a gap.
        return old.uid == new.uid ? [.updated(old: old, new: new)] : [.deleted(old), .added(new)]
    }

    /// Puts `new` in place of what is at `key`, here and in the indexes, and returns that.
    @discardableResult
    private mutating func set(_ new: JSONValue?, at key: ObjectKey) -> JSONValue? {
        let old = objects[key]
        objects[key] = new
        for index in indexes {
            let before = old.map(index.values) ?? []
            let after = new.map(index.values) ?? []
            guard before != after else { continue }
            for value in before {
                places[index.name]?[value]?.remove(key)
                if places[index.name]?[value]?.isEmpty == true { places[index.name]?[value] = nil }
            }
            for value in after { places[index.name, default: [:]][value, default: []].insert(key) }
        }
        return old
    }
}
