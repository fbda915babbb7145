import Admission
import Controller
import Gate
import JSON
import Kubernetes
import Logging
import Platform

/// The informers, one for each kind in the process, that keep the webhooks' picture of the cluster and what the loop reads.
struct InformerSet: Sendable {
    /// The webhooks' picture.
    let store = ClusterViewStore()
    /// What the loop reads.
    let objects: InformedObjects
    /// Who is told of changes.
    let changes = ChangeFeed()
    private let informers: [Informer]
    private let optional: [Informer]
    private let forLoop: [Informer]

    /// Informers of `api`, in `namespace` or everywhere when that is nil; `isDriving` says that our loop drives the
    /// canaries, and `tracksConfigs` that it tracks ConfigMaps and Secrets.
    init(
        api: any KubernetesAPI,
        namespace: String?,
        clock: any WallClock,
        isDriving: Bool = true,
        tracksConfigs: Bool = true
    ) {
        let store = store
        let isTracking = isDriving && tracksConfigs
        let secrets = SecretReader(certificates: OpenSSLCertificates())
        @Sendable func kept(of secret: JSONValue) -> JSONValue {
            let kept = secrets.kept(of: secret)
            return isTracking ? ReducedConfig.of(secret, over: kept) : kept
        }
        let watch = KindWatch(api: api, namespace: namespace, clock: clock, changes: changes)
        func informer(of type: ResourceType) -> Informer {
            watch.informer(
                of: type,
                keep: { object in type == .secrets ? kept(of: object) : object },
                onEvent: { store.apply(type, $0) }
            )
        }
        informers = WatchedKinds.needed.map(informer)
        optional = (WatchedKinds.extras + (isDriving ? WatchedKinds.besideLoop : WatchedKinds.besideFlagger)).map(
            informer
        )
        forLoop =
            (isDriving ? WatchedKinds.forLoop.map { watch.informer(of: $0) } : [])
            + (isTracking ? WatchedKinds.tracked.map { watch.informer(of: $0, keep: { ReducedConfig.of($0) }) } : [])
        objects = InformedObjects(
            informers + optional + forLoop,
            reduced: isTracking ? [] : [.secrets],
            indexed: KindWatch.listed
        )
        // A kind without objects is known too: that one is missing then means something.
        for type in WatchedKinds.needed { store.replace(type, with: []) }
        for informer in optional { store.expect(informer.type) }
    }

    /// The kinds whose first list has not arrived.
    var unsynced: [String] { informers.filter { !$0.hasSynced }.map(\.type.qualifiedPlural) }

    /// Whether the API server knows each of the watched kinds, by the kind's name in messages.
    var availabilities: [(kind: String, availability: KindAvailability)] {
        (informers + optional + forLoop).map { ($0.type.qualifiedPlural, $0.availability) }
    }

    /// Lists and watches until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for informer in informers + optional + forLoop { group.addTask { await informer.run() } }
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
