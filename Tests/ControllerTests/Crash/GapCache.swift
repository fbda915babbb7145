import Controller
import JSON
import Kubernetes
import Platform
import Sandbox

/// Caches that are up to date, but for a gap in which they hear of nothing.
final class GapCache: ObjectCache {
    private static let types = InformedLife.types + [.daemonSets, .scaledObjects]

    private let cluster: InMemoryCluster
    private let frozen = Locked<FrozenCache?>(nil)

    /// Caches of what the loop reads often of `cluster`.
    init(_ cluster: InMemoryCluster) { self.cluster = cluster }

    /// From now on nothing is heard of.
    func freeze() {
        let cache = FrozenCache(cluster, Self.types)
        frozen.withLock { $0 = cache }
    }

    /// Everything is listed anew.
    func thaw() { frozen.withLock { $0 = nil } }

    func look(at key: ObjectKey, _ type: ResourceType) -> CachedObject {
        if let cache = frozen.withLock({ $0 }) { return cache.look(at: key, type) }
        guard Self.types.contains(type) else { return .unknown }
        return cluster.object(type, key).map { .found($0) } ?? .absent
    }

    func all(_ type: ResourceType, namespace: String?) -> [JSONValue]? {
        if let cache = frozen.withLock({ $0 }) { return cache.all(type, namespace: namespace) }
        guard Self.types.contains(type) else { return nil }
        return cluster.objects(type).filter { namespace == nil || $0.namespace == namespace }
    }

    func availability(of type: ResourceType) -> KindAvailability { .served }
}
