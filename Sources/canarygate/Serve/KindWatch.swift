import JSON
import Kubernetes
import Logging
import Platform

/// Makes the informers of one process: what they have in common, and whom they tell.
struct KindWatch {
    private let api: any KubernetesAPI
    private let namespace: String?
    private let clock: any WallClock
    private let changes: ChangeFeed
    private let logger = Logger(label: "canarygate.informer")

    /// Informers of `api`, in `namespace` or everywhere when that is nil, that tell `changes`.
    init(api: any KubernetesAPI, namespace: String?, clock: any WallClock, changes: ChangeFeed) {
        self.api = api
        self.namespace = namespace
        self.clock = clock
        self.changes = changes
    }

    /// The kinds that the loop lists by namespace.
    static let listed: Set<ResourceType> = [.podDisruptionBudgets]

    /// An informer of `type` that keeps what `keep` makes of its objects; `onEvent` is told before `changes`.
    func informer(
        of type: ResourceType,
        keep: @escaping @Sendable (JSONValue) -> JSONValue = { $0 },
        onEvent: @escaping @Sendable (InformerEvent) -> Void = { _ in }
    ) -> Informer {
        let wasMissing = Locked(false)
        return Informer(
            type: type,
            namespace: namespace,
            indexes: Self.listed.contains(type) ? [.namespace] : [],
            api: api,
            clock: clock,
            logger: logger,
            keep: keep,
            onAvailability: { [changes, logger] availability in
                let isBack = wasMissing.withLock { wasMissing in
                    defer { wasMissing = availability == .missing }
                    return wasMissing && availability == .served
                }
                if isBack { logger.notice("kind is installed", metadata: ["kube.resource": "\(type.qualifiedPlural)"]) }
                changes.tell(type, availability)
            },
            onEvent: { [changes] event in
                onEvent(event)
                changes.tell(type, event)
            }
        )
    }
}
