import FlaggerAPI
import JSON
import Kubernetes

/// Which Canaries there are, who has which target, and whom a change of an object concerns.
struct CanaryRoster {
    /// A name that a Canary gives, or that is made of it.
    private struct Name: Hashable {
        let namespace: String
        let name: String
    }

    /// A ConfigMap or Secret.
    struct Config: Hashable {
        let kind: String
        let key: ObjectKey
    }

    private struct Member {
        let target: TargetClaims.Target
        let names: Set<Name>
        let created: String
        /// Whether a revision was on its way when it was last seen.
        let isActive: Bool
    }

    private var members: [ObjectKey: Member] = [:]
    private var claims = TargetClaims()
    /// The Canaries that give a name, or whose name it is.
    private var named: [Name: Set<ObjectKey>] = [:]
    /// The ConfigMaps and Secrets that the target of a Canary reads, and the other way round.
    private var reads: [ObjectKey: Set<Config>] = [:]
    private var readers: [Config: Set<ObjectKey>] = [:]

    /// Nobody.
    init() {}

    /// How many there are.
    var count: Int { members.count }

    /// The Canaries, those on whose way a revision is first.
    var keys: (active: [ObjectKey], resting: [ObjectKey]) {
        var (active, resting): ([ObjectKey], [ObjectKey]) = ([], [])
        for (key, member) in members {
            if member.isActive { active.append(key) } else { resting.append(key) }
        }
        return (active, resting)
    }

    /// Why the Canary at `key` must be left alone; nil when it need not be.
    func refusal(of key: ObjectKey) -> String? { members[key].flatMap { claims.refusal(of: key, $0.target) } }

    /// Takes in `canary` as it is now; returns the others whom that concerns.
    mutating func set(_ canary: JSONValue) -> [ObjectKey] {
        let key = canary.key
        let new = Member(
            target: TargetClaims.Target(of: canary),
            names: Self.names(of: canary),
            created: canary[path: "metadata", "creationTimestamp"]?.string ?? "",
            isActive: !CanaryRest.isResting(canary)
        )
        let old = members[key]
        members[key] = new
        // Of most changes, those of the status, none is news.
        if let old, old.target == new.target, old.names == new.names, old.created == new.created { return [] }
        var concerned: [ObjectKey] = []
        if let old {
            forget(old.names, key)
            if old.target != new.target { concerned = claims.remove(key, from: old.target) }
        }
        for name in new.names { named[name, default: []].insert(key) }
        return concerned + claims.insert(canary)
    }

    /// Takes in that the Canary at `key` is gone; returns the others whom that concerns.
    mutating func remove(_ key: ObjectKey) -> [ObjectKey] {
        guard let old = members.removeValue(forKey: key) else { return [] }
        forget(old.names, key)
        setReads(of: key, [])
        return claims.remove(key, from: old.target)
    }

    /// The Canaries that are not among `keys`.
    func missing(from keys: Set<ObjectKey>) -> [ObjectKey] { members.keys.filter { !keys.contains($0) } }

    /// What the Canary at `key` names as its target; nil for a stranger.
    func target(of key: ObjectKey) -> TargetClaims.Target? { members[key]?.target }

    /// The Canaries whose target reads `config`.
    func readers(of config: Config) -> Set<ObjectKey> { readers[config] ?? [] }

    /// Takes in that the target of the Canary at `key` reads `configs`.
    mutating func setReads(of key: ObjectKey, _ configs: Set<Config>) {
        for config in reads[key] ?? [] where !configs.contains(config) {
            readers[config]?.remove(key)
            if readers[config]?.isEmpty == true { readers[config] = nil }
        }
        for config in configs { readers[config, default: []].insert(key) }
        reads[key] = configs.isEmpty ? nil : configs
    }

    /// The Canaries that `object` belongs to by an owner reference, or by its name; perhaps some more.
    func canaries(of object: JSONValue) -> Set<ObjectKey> {
        let namespace = object.namespace ?? ""
        var found = named[Name(namespace: namespace, name: Self.stem(of: object.name))] ?? []
        for owner in object[path: "metadata", "ownerReferences"]?.array ?? [] where owner["kind"] == "Canary" {
            let key = ObjectKey(namespace: object.namespace, name: owner["name"]?.string ?? "")
            if members[key] != nil { found.insert(key) }
        }
        return found
    }

    private mutating func forget(_ names: Set<Name>, _ key: ObjectKey) {
        for name in names {
            named[name]?.remove(key)
            if named[name]?.isEmpty == true { named[name] = nil }
        }
    }

    /// The names of the target, the apex and the autoscaler, of which those of all that is made are made.
    private static func names(of canary: JSONValue) -> Set<Name> {
        let spec = canary["spec"]
        let given = [spec?["targetRef"]?["name"], spec?["service"]?["name"], spec?["autoscalerRef"]?["name"]]
        let namespace = canary.namespace ?? ""
        return Set(given.compactMap { $0?.string }.map { Name(namespace: namespace, name: stem(of: $0)) })
    }

    /// `name` without the endings of what is made for a Canary.
    private static func stem(of name: String) -> String {
        var stem = name[...]
        while let ending = ["-primary", "-canary"].first(where: { stem.hasSuffix($0) }) {
            stem = stem.dropLast(ending.count)
        }
        return String(stem)
    }
}
