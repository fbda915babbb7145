import Controller
import JSON
import Kubernetes
import Platform
import Sandbox

/// A cache that stands still until it is told to catch up: informers that hear of nothing.
final class FrozenCache: ObjectCache {
    private let cluster: InMemoryCluster
    private let types: [ResourceType]
    private let objects = Locked<[ResourceType: [ObjectKey: JSONValue]]>([:])

    /// A cache of `types` as `cluster` has them now.
    init(_ cluster: InMemoryCluster, _ types: [ResourceType]) {
        self.cluster = cluster
        self.types = types
        catchUp()
    }

    /// Takes the state of the cluster.
    func catchUp() {
        for type in types {
            let now = Dictionary(uniqueKeysWithValues: cluster.objects(type).map { ($0.key, $0) })
            objects.withLock { $0[type] = now }
        }
    }

    func look(at key: ObjectKey, _ type: ResourceType) -> CachedObject {
        objects.withLock { objects in
            guard let shelf = objects[type] else { return .unknown }
            return shelf[key].map { .found($0) } ?? .absent
        }
    }

    func all(_ type: ResourceType, namespace: String?) -> [JSONValue]? {
        objects.withLock { objects in
            objects[type].map { $0.values.filter { namespace == nil || $0.namespace == namespace } }
        }
    }

    func availability(of type: ResourceType) -> KindAvailability { .served }
}
