import JSON
import Kubernetes
import Platform

/// What the workload controller is to look at: what has changed, what hangs on that, and what is due.
///
/// So a change costs what hangs on it, however much else is in the cluster.
struct WorkloadAgenda: Sendable {
    /// The kinds whose changes matter.
    static let types: [ResourceType] = [
        .deployments, .replicaSets, .daemonSets, .pods, .services, .autoscalers, .scaledObjects,
        .podDisruptionBudgets, EndpointsSync.type, EndpointSliceSync.type, DaemonSetSync.revisionType, nodes,
    ]
    /// `v1` Nodes.
    static let nodes = ResourceType(
        group: "",
        version: "v1",
        plural: "nodes",
        kind: "Node",
        isNamespaced: false
    )

    var alarms = WorkloadAlarms()
    /// The ReplicaSets that had no room for all their pods.
    var starved: Set<ObjectKey> = []
    /// Up to where the changes are known; nil for a controller that has seen nothing.
    private var version: Int?
    /// The autoscalers, KEDA's too, by the Deployment that they name.
    private var autoscalers: [ObjectKey: Set<WorkloadItem>] = [:]

    /// What has changed in `cluster` since the last time, and what hangs on it.
    mutating func takeChanges(in cluster: InMemoryCluster) -> Set<WorkloadItem> {
        let (entries, now) = cluster.changes(of: Self.types, after: version ?? -1)
        version = now
        var items: Set<WorkloadItem> = []
        guard let entries else {
            takeAll(of: cluster, &items)
            return items
        }
        var pods: [JSONValue] = []
        for entry in entries {
            for object in [entry.previous, entry.object].compactMap({ $0 }) {
                note(object, entry.kind, isThere: entry.isThere, &items)
                if entry.kind == .init(.pods) { pods.append(object) }
            }
            if entry.kind == .init(.pods), !entry.isThere { items.formUnion(starved.map { .set($0) }) }
            if entry.kind == .init(Self.nodes) {
                items.formUnion(cluster.objects(.daemonSets).map { .daemonSet($0.key) })
            }
        }
        noteSelectors(of: pods, in: cluster, &items)
        return items
    }

    private mutating func takeAll(of cluster: InMemoryCluster, _ items: inout Set<WorkloadItem>) {
        autoscalers = [:]
        for type in Self.types {
            for object in cluster.objects(type) { note(object, .init(type), isThere: true, &items) }
        }
    }

    /// Adds `object` and what made it, or is to follow it.
    private mutating func note(
        _ object: JSONValue,
        _ kind: ClusterState.Kind,
        isThere: Bool,
        _ items: inout Set<WorkloadItem>
    ) {
        let key = object.key
        switch kind {
        case .init(.deployments):
            items.insert(.deployment(key))
            items.formUnion(autoscalers[key] ?? [])
        case .init(.autoscalers):
            items.insert(.autoscaler(key))
            link(.autoscaler(key), to: AutoscalerSync.target(of: object), isThere: isThere)
        case .init(.scaledObjects):
            items.insert(.scaledObject(key))
            link(.scaledObject(key), to: ScaledObjectSync.target(of: object), isThere: isThere)
        case .init(.replicaSets):
            items.insert(.set(key))
            if let owner = object.controller(.deployments) { items.insert(.deployment(owner)) }
        case .init(.pods):
            items.insert(.pod(key))
            if let owner = object.controller(.replicaSets) { items.insert(.set(owner)) }
            if let owner = object.controller(.daemonSets) { items.insert(.daemonSet(owner)) }
        case .init(.daemonSets): items.insert(.daemonSet(key))
        case .init(DaemonSetSync.revisionType):
            if let owner = object.controller(.daemonSets) { items.insert(.daemonSet(owner)) }
        case .init(.services), .init(EndpointsSync.type): items.insert(.service(key))
        case .init(EndpointSliceSync.type):
            items.insert(.slice(key))
            if let owner = object.controller(.services) { items.insert(.service(owner)) }
        case .init(.podDisruptionBudgets): items.insert(.budget(key))
        default: return
        }
    }

    /// Notes that `autoscaler` scales `target`, or no longer does.
    private mutating func link(_ autoscaler: WorkloadItem, to target: ObjectKey?, isThere: Bool) {
        guard let target else { return }
        if isThere {
            autoscalers[target, default: []].insert(autoscaler)
        } else {
            autoscalers[target]?.remove(autoscaler)
        }
    }

    /// Adds the Services and budgets in the namespaces of `pods` that select one of them.
    private func noteSelectors(of pods: [JSONValue], in cluster: InMemoryCluster, _ items: inout Set<WorkloadItem>) {
        guard !pods.isEmpty else { return }
        let choice = ServicePods(pods)
        for namespace in Set(pods.compactMap(\.namespace)) {
            for service in cluster.objects(.services, in: namespace) where !choice.selected(by: service).isEmpty {
                items.insert(.service(service.key))
            }
            for budget in cluster.objects(.podDisruptionBudgets, in: namespace) { items.insert(.budget(budget.key)) }
        }
    }
}

extension ClusterState.Entry {
    /// The object after the change, or as it was last.
    fileprivate var object: JSONValue? {
        switch event {
        case .added(let object), .modified(let object), .deleted(let object): object
        case .bookmark: nil
        }
    }

    /// Whether the object is there after the change.
    fileprivate var isThere: Bool {
        if case .deleted = event { false } else { true }
    }
}

extension JSONValue {
    /// The controller of kind `type` that owns the object, by its name.
    fileprivate func controller(_ type: ResourceType) -> ObjectKey? {
        let owners = self[path: "metadata", "ownerReferences"]?.array ?? []
        let owner = owners.first { $0["controller"]?.bool == true && $0["kind"]?.string == type.kind }
        return owner?["name"]?.string.map { ObjectKey(namespace: namespace, name: $0) }
    }
}
