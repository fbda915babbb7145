import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// The objects of a Canary as they were read at one time.
struct Snapshot {
    /// The Canary.
    let canary: Canary
    /// What is copied besides what must be.
    let copying: CopySettings
    /// The workload that teams change.
    var target: JSONValue?
    /// The workload that serves.
    var primary: JSONValue?
    /// The target's autoscaler.
    var autoscaler: JSONValue?
    /// The primary's.
    var primaryAutoscaler: JSONValue?
    /// The autoscalers of the namespace, of all kinds.
    var autoscalers: [(kind: ScalerKind, object: JSONValue)] = []
    /// The Services.
    var services: [ServiceRole: JSONValue] = [:]
    /// The HTTPProxy.
    var proxy: JSONValue?
    /// The PodDisruptionBudgets of the namespace.
    var budgets: [JSONValue] = []
    /// The tracked ConfigMaps and Secrets that the target's pods read, in the order of their names.
    var configs: [TrackedConfig] = []
    /// Whether the copies hold data of a revision whose promotion ended before its template was given.
    var hasStrayConfigs = false
    /// What the target's pods tell; nil when they were not asked.
    var targetPods: PodFindings?
    /// What the primary's pods tell; nil when they were not asked.
    var primaryPods: PodFindings?
    /// The ledger, newest first.
    var ledger: [RevisionEntry] = []
    /// The objects that hold it.
    var entries: [LedgerEntry] = []
    /// Whether the ledger was looked at.
    var isLedgerRead = false
    /// Who broke the glasses that the status does not know of yet, by object.
    var glassAuthors: [String: FieldAuthor] = [:]
    /// Whether the namespace is on its way out; looked at while the Canary is being deleted.
    var isNamespaceGoing = false

    /// What the state machine decides on.
    ///
    /// - Throws: `ControllerError` when the target has no label by which its pods can be told.
    func observation(at now: Timestamp) throws(ControllerError) -> Observation {
        var observation = Observation(
            canary: canary,
            now: now,
            target: targetWorkload,
            primary: primaryWorkload,
            primaryOwner: primary.flatMap { Ownership.foreign($0, to: canary) },
            autoscaler: autoscalerState(at: now),
            services: canary.targetKind == .service ? serviceCopyStates : try serviceStates(at: now),
            route: routeState
        )
        observation.strayAutoscalers = strayAutoscalers.map { kind, object in
            "\(kind.rawValue) \(object.name).\(canary.namespace)"
        }
        observation.configs = configs.state(for: canary)
        if let budget = try disruptionBudget() {
            observation.disruptionBudget = budget.state(for: canary).map { left($0, of: budget.copy, at: now) }
        }
        observation.templateDifferences = try templateDifferences()
        observation.ledger = ledger
        observation.gate = gateObservation(at: now)
        return observation
    }

    /// The label by which the target's pods are told.
    ///
    /// - Throws: `ControllerError` when the selector has none.
    func label() throws(ControllerError) -> SelectorLabel {
        guard let target, let label = SelectorLabel(target) else {
            let keys = SelectorLabel.keys.joined(separator: " ")
            throw ControllerError(
                operation: "observe",
                subject: "\(canary.targetKind.word) \(canary.targetLabel)",
                reason: "spec.selector.matchLabels must contain one of [\(keys)]"
            )
        }
        return label
    }
}
