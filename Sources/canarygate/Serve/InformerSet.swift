import Admission
import Kubernetes
import Platform

/// The informers that keep the webhooks' picture of the cluster.
struct InformerSet: Sendable {
    /// The kinds that a verdict may depend on; namespaces for the modes of rules in their labels.
    static let types: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .deployments, .autoscalers, .services, .httpProxies, .namespaces,
    ]

    /// The picture.
    let store = ClusterViewStore()
    private let informers: [Informer]

    /// Informers of `api`, in `namespace` or everywhere when that is nil.
    init(api: any KubernetesAPI, namespace: String?, clock: any WallClock) {
        informers = Self.types.map { [store] type in
            Informer(type: type, namespace: namespace, api: api, clock: clock, onEvent: { store.apply(type, $0) })
        }
        // A kind without objects is known too: that one is missing then means something.
        for type in Self.types { store.replace(type, with: []) }
    }

    /// The kinds whose first list has not arrived.
    var unsynced: [String] { informers.filter { !$0.hasSynced }.map(\.type.qualifiedPlural) }

    /// Lists and watches until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for informer in informers { group.addTask { await informer.run() } }
        }
    }

    /// Suspends until every kind's first list has arrived.
    ///
    /// - Throws: `CancellationError`.
    func waitUntilSynced() async throws {
        for informer in informers { try await informer.waitUntilSynced() }
    }
}
