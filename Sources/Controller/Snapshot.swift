import ContourAPI
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

    /// The revision of the target's pod template, by the name that the Canary knows it under.
    var revision: String? {
        target.map {
            let known = [canary.status.lastPromotedSpec, canary.status.lastAppliedSpec]
            return RevisionDigest.of(template: $0[path: "spec", "template"] ?? .null, known: known)
        }
    }

    /// What the state machine decides on.
    ///
    /// - Throws: `ControllerError` when the target has no label by which its pods can be told.
    func observation(at now: Timestamp) throws(ControllerError) -> Observation {
        Observation(
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

    private var targetWorkload: Workload? {
        guard let target else { return nil }
        let isAdmitted =
            target.annotation(GateAnnotations.gate) == GateAnnotations.open
            && target.annotation(GateAnnotations.revision) == revision
            && target[path: "spec", "paused"]?.bool != true
        return Workload(deployment: target, revision: revision, isAdmitted: isAdmitted)
    }

    private var autoscalerState: AutoscalerState? {
        guard canary.autoscaler != nil else { return nil }
        let hasSource = autoscaler != nil
        guard let copy = primaryAutoscaler else { return AutoscalerState(hasSource: hasSource, copy: .missing) }
        if let owner = Ownership.foreign(copy, to: canary) {
            return AutoscalerState(hasSource: hasSource, copy: .foreign(owner))
        }
        let isCurrent =
            autoscaler.map { copy["spec"] == PrimaryAutoscaler.spec(for: canary, source: $0) } ?? true
        return AutoscalerState(hasSource: hasSource, copy: isCurrent ? .current : .differs)
    }

    private func serviceStates() throws(ControllerError) -> [ServiceRole: ObjectState] {
        guard let target else { return [:] }
        let label = try label()
        var states: [ServiceRole: ObjectState] = [:]
        for role in ServiceRole.allCases {
            states[role] = state(role, target: target, label: label)
        }
        return states
    }

    private func state(_ role: ServiceRole, target: JSONValue, label: SelectorLabel) -> ObjectState {
        guard let service = services[role] else { return .missing }
        let isOwned = !(service[path: "metadata", "ownerReferences"]?.array ?? []).isEmpty
        // A Service that users call already is taken over as it is; nobody else may own it.
        if let owner = Ownership.foreign(service, to: canary), role != .apex || isOwned { return .foreign(owner) }
        return GeneratedService.isCurrent(service, role, for: canary, target: target, label: label)
            ? .current : .differs
    }

    private var routeState: RouteState {
        guard let proxy else { return .missing }
        if let owner = Ownership.foreign(proxy, to: canary) { return .foreign(owner) }
        let weights = CanaryRoute.weights(in: proxy, of: canary.service)
        guard !weights.isEmpty else {
            let names = "\(canary.service.primaryName) and \(canary.service.canaryName)"
            return .unreadable("has no route to both \(names)")
        }
        let verdict: RouteVerdict =
            switch ProxyVerdict(proxy) {
            case .valid: .valid
            case .invalid(let reason): .invalid(reason)
            case .orphaned(let reason): .orphaned(reason)
            case .notYetSeen: .pending
            }
        return .present(weights.map { RouteShare(primary: $0.primary, canary: $0.canary) }, verdict)
    }
}
