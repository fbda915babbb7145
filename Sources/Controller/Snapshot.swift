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
    /// The Deployment that teams change.
    var target: JSONValue?
    /// The Deployment that serves.
    var primary: JSONValue?
    /// The target's autoscaler.
    var autoscaler: JSONValue?
    /// The primary's.
    var primaryAutoscaler: JSONValue?
    /// The Services.
    var services: [ServiceRole: JSONValue] = [:]
    /// The HTTPProxy.
    var proxy: JSONValue?
    /// The tracked ConfigMaps and Secrets.
    var configs: [TrackedConfig] = []
    /// The entries of the ledger, newest first.
    var entries: [LedgerEntry] = []
    /// Whether the ledger was looked at.
    var isLedgerRead = false
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
            primary: primary.map {
                Workload(deployment: $0, revision: $0.annotation(GateAnnotations.revision), isAdmitted: true)
            },
            primaryOwner: primary.flatMap { Ownership.foreign($0, to: canary) },
            autoscaler: autoscalerState,
            services: try serviceStates(),
            route: routeState
        )
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
                subject: "deployment \(canary.targetLabel)",
                reason: "spec.selector.matchLabels must contain one of [\(keys)]"
            )
        }
        return label
    }
}
