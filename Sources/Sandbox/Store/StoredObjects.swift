import JSON
import Kubernetes

/// All objects of a cluster, with what would otherwise be searched for among all of them: who owns what, which uids there
/// are, and how much is in a namespace.
struct StoredObjects {
    typealias Kind = ClusterState.Kind

    /// Where an object is.
    struct Place: Hashable, Sendable {
        let kind: Kind
        let key: ObjectKey
    }

    private var kinds: [Kind: [ObjectKey: JSONValue]] = [:]
    /// Which objects of a kind are in a namespace.
    private var keys: [Kind: [String: Set<ObjectKey>]] = [:]
    /// By the owner's uid.
    private var owned: [String: Set<Place>] = [:]
    /// How many objects have the uid: one, but for what was stored behind the API's back.
    private var uids: [String: Int] = [:]
    /// How many objects the namespace has.
    private var populations: [String: Int] = [:]

    /// The object at `key`; nil where there is none.
    subscript(_ kind: Kind, _ key: ObjectKey) -> JSONValue? {
        get { kinds[kind]?[key] }
        set {
            let old = kinds[kind]?[key]
            let place = Place(kind: kind, key: key)
            if let old { forget(old, at: place) }
            if let newValue { note(newValue, at: place) }
            kinds[kind, default: [:]][key] = newValue
        }
    }

    /// All objects of `kind`.
    subscript(_ kind: Kind) -> [ObjectKey: JSONValue] { kinds[kind] ?? [:] }

    /// The objects of `kind` in the namespace.
    subscript(_ kind: Kind, in namespace: String) -> [ObjectKey: JSONValue] {
        (keys[kind]?[namespace] ?? []).reduce(into: [:]) { found, key in found[key] = kinds[kind]?[key] }
    }

    /// How many objects of `kind` there are.
    func count(_ kind: Kind) -> Int { kinds[kind]?.count ?? 0 }

    /// Where the objects are that name an owner with `uid`.
    func places(ownedBy uid: String) -> Set<Place> { owned[uid] ?? [] }

    /// Whether there is an object with `uid`.
    func contains(uid: String) -> Bool { uids[uid] != nil }

    /// Whether the namespace has nothing in it.
    func isEmpty(namespace: String) -> Bool { populations[namespace] == nil }

    /// Where the objects are that name an owner that is not there.
    var orphans: Set<Place> {
        owned.reduce(into: []) { orphans, entry in
            if uids[entry.key] == nil { orphans.formUnion(entry.value) }
        }
    }

    /// Where everything is that is in the namespace.
    func places(in namespace: String) -> [Place] {
        keys.flatMap { kind, keys in (keys[namespace] ?? []).map { Place(kind: kind, key: $0) } }
    }

    private mutating func note(_ object: JSONValue, at place: Place) {
        uids[object.uid, default: 0] += 1
        if let namespace = place.key.namespace {
            populations[namespace, default: 0] += 1
            keys[place.kind, default: [:]][namespace, default: []].insert(place.key)
        }
        for uid in object.ownerUIDs { owned[uid, default: []].insert(place) }
    }

    private mutating func forget(_ object: JSONValue, at place: Place) {
        Self.countDown(object.uid, in: &uids)
        if let namespace = place.key.namespace {
            Self.countDown(namespace, in: &populations)
            keys[place.kind]?[namespace]?.remove(place.key)
            if keys[place.kind]?[namespace]?.isEmpty == true { keys[place.kind]?[namespace] = nil }
        }
        for uid in object.ownerUIDs {
            owned[uid]?.remove(place)
            if owned[uid]?.isEmpty == true { owned[uid] = nil }
        }
    }

    private static func countDown(_ key: String, in counts: inout [String: Int]) {
        let count = (counts[key] ?? 0) - 1
        counts[key] = count > 0 ? count : nil
    }
}

extension JSONValue {
    /// The uids of the object's owners, each once.
    var ownerUIDs: Set<String> {
        Set((self[path: "metadata", "ownerReferences"]?.array ?? []).compactMap { $0["uid"]?.string })
    }
}
