import JSON
import Kubernetes
import Platform

/// The kinds that are served: those that are built in, and those of the definitions in the cluster.
struct KindRegistry: Sendable {
    private struct Cache: Sendable {
        /// The version of the definitions that it was made from.
        var version = -1
        var custom: [ServedKind] = []
    }

    private let cluster: InMemoryCluster
    private let cache = Locked(Cache())

    init(cluster: InMemoryCluster) { self.cluster = cluster }

    /// All kinds; one that is defined in the cluster takes the place of one that is built in.
    var kinds: [ServedKind] {
        let custom = customKinds
        let defined = Set(custom.map(\.type.qualifiedPlural))
        return ServedKind.builtIn.filter { !defined.contains($0.type.qualifiedPlural) } + custom
    }

    /// The kind that `path` addresses; nil when nobody serves it.
    func kind(_ path: RequestPath) -> ServedKind? {
        let isWanted = { (kind: ServedKind) in
            let type = kind.shownType
            return type.plural == path.plural && type.group == path.group && type.version == path.version
        }
        return customKinds.first(where: isWanted) ?? ServedKind.builtIn.first(where: isWanted)
    }

    private var customKinds: [ServedKind] {
        // Read before the definitions: one that comes between is seen at the next call.
        let version = cluster.version(of: [.customResourceDefinitions])
        return cache.withLock { cache in
            if cache.version != version {
                let definitions = cluster.objects(.customResourceDefinitions)
                cache.version = version
                cache.custom = definitions.flatMap(CustomKind.kinds).map(ServedKind.init)
            }
            return cache.custom
        }
    }
}
