import Admission
import JSON
import Kubernetes
import Platform

/// The informers that keep the webhooks' picture of the cluster.
struct InformerSet: Sendable {
    /// The picture.
    let store = ClusterViewStore()
    private let informers: [Informer]
    private let optional: [Informer]

    /// Informers of `api`, in `namespace` or everywhere when that is nil; `isDriving` says that our loop drives the
    /// canaries.
    init(api: any KubernetesAPI, namespace: String?, clock: any WallClock, isDriving: Bool = true) {
        let store = store
        let secrets = SecretReader(certificates: OpenSSLCertificates())
        // Labels, images and names of owners are the same in Deployments, Services and Canaries.
        let texts = StringPool()
        func informer(of type: ResourceType) -> Informer {
            Informer(
                type: type,
                namespace: namespace,
                api: api,
                clock: clock,
                texts: texts,
                keep: { object in type == .secrets ? secrets.kept(of: object) : object },
                onEvent: { store.apply(type, $0) }
            )
        }
        informers = WatchedKinds.needed.map(informer)
        optional = (WatchedKinds.extras + (isDriving ? [] : WatchedKinds.besideFlagger)).map(informer)
        // A kind without objects is known too: that one is missing then means something.
        for type in WatchedKinds.needed { store.replace(type, with: []) }
        for informer in optional { store.expect(informer.type) }
    }

    /// The kinds whose first list has not arrived.
    var unsynced: [String] { informers.filter { !$0.hasSynced }.map(\.type.qualifiedPlural) }

    /// Lists and watches until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for informer in informers + optional { group.addTask { await informer.run() } }
            for informer in optional {
                group.addTask { [store] in
                    do {
                        try await informer.waitUntilSynced()
                        store.complete(informer.type)
                    } catch {
                        // Cancelled: the picture is of no use any more.
                        return
                    }
                }
            }
        }
    }

    /// Suspends until every kind's first list has arrived that is needed.
    ///
    /// - Throws: `CancellationError`.
    func waitUntilSynced() async throws {
        for informer in informers { try await informer.waitUntilSynced() }
    }
}
