import JSON
import Kubernetes
import Platform

/// What was written and the informers have not told of yet, laid over what they keep; no suspension, no clock.
///
/// Resource versions of one kind are compared as numbers, which Kubernetes allows; where they are none, a layer goes when
/// the informer tells of the very version, or has had time enough.
struct ReadOverlay {
    /// What is laid over an object.
    private enum Layer {
        /// What the server answered last.
        case stored(JSONValue, Timestamp)
        /// It is gone, whatever is still kept of this uid.
        case gone(uid: String, Timestamp)
        /// It may be otherwise than is kept: a write of it failed.
        case doubted
    }

    private struct Name: Hashable {
        let type: ResourceType
        let key: ObjectKey
    }

    /// What can be said of an object.
    enum Answer {
        case found(JSONValue)
        case absent
        /// Only the server knows.
        case unknown
    }

    /// How long a layer is trusted: longer than a watch that runs ever takes, so that one that does not is noticed.
    static let patience: Duration = .seconds(10)

    private var layers: [Name: Layer] = [:]

    /// How many layers there are.
    var count: Int { layers.count }

    /// What can be said at `now` of the object at `key`, of which `cached` is kept.
    mutating func answer(_ type: ResourceType, _ key: ObjectKey, _ cached: CachedObject, at now: Timestamp) -> Answer {
        let name = Name(type: type, key: key)
        if cached == .unknown { return .unknown }
        switch layers[name] {
        case nil: break
        case .doubted: return .unknown
        case .stored(let object, let time):
            if Self.hasCaughtUp(cached.object, with: object) { break }
            return now - time < Self.patience ? .found(object) : .unknown
        case .gone(let uid, let time):
            guard let kept = cached.object, kept.uid == uid else { break }
            return now - time < Self.patience ? .absent : .unknown
        }
        layers[name] = nil
        return cached.object.map { .found($0) } ?? .absent
    }

    /// Takes in that the server answered `object` at `now`; `cached` is what is kept of it.
    mutating func store(_ type: ResourceType, _ object: JSONValue, _ cached: CachedObject, at now: Timestamp) {
        let name = Name(type: type, key: object.key)
        let isKnown = cached == .unknown || Self.hasCaughtUp(cached.object, with: object)
        layers[name] = isKnown ? nil : .stored(object, now)
    }

    /// Takes in that the server does not have the object at `key`; `cached` is what is kept of it.
    mutating func lose(_ type: ResourceType, _ key: ObjectKey, _ cached: CachedObject, at now: Timestamp) {
        layers[Name(type: type, key: key)] = cached.object.map { .gone(uid: $0.uid, now) }
    }

    /// Takes what is kept of the object at `key` for doubtful until the server has been asked.
    mutating func doubt(_ type: ResourceType, _ key: ObjectKey) { layers[Name(type: type, key: key)] = .doubted }

    /// Takes in what an informer told; whether it told what we wrote.
    mutating func see(_ type: ResourceType, _ event: InformerEvent) -> Bool {
        guard !layers.isEmpty else { return false }
        switch event {
        case .added(let object), .updated(_, let object):
            let name = Name(type: type, key: object.key)
            guard case .stored(let stored, _)? = layers[name], Self.hasCaughtUp(object, with: stored) else {
                return false
            }
            layers[name] = nil
            return object.resourceVersion == stored.resourceVersion
        case .deleted(let object):
            let name = Name(type: type, key: object.key)
            guard case .gone(let uid, _)? = layers[name], uid == object.uid else { return false }
            layers[name] = nil
            return false
        }
    }

    /// The objects of `type` that are laid over `cached`, and which of those are not there.
    func layers(of type: ResourceType) -> (stored: [JSONValue], gone: Set<ObjectKey>) {
        var (stored, gone): ([JSONValue], Set<ObjectKey>) = ([], [])
        for (name, layer) in layers where name.type == type {
            switch layer {
            case .stored(let object, _): stored.append(object)
            case .gone: gone.insert(name.key)
            case .doubted: break
            }
        }
        return (stored, gone)
    }

    /// Whether `kept` is what was `written`, or a later state of it.
    static func hasCaughtUp(_ kept: JSONValue?, with written: JSONValue) -> Bool {
        guard let kept else { return false }
        guard let have = UInt64(kept.resourceVersion), let want = UInt64(written.resourceVersion) else {
            return kept.resourceVersion == written.resourceVersion
        }
        return have >= want
    }
}
