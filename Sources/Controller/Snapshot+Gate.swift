import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// What the state machine is told of the gate.
extension Snapshot {
    func gateObservation(at now: Timestamp) -> GateObservation {
        var gate = GateObservation()
        gate.template = content
        gate.slip = slip
        if let target {
            gate.change = target.annotation(GateAnnotations.change) ?? ""
            gate.requestedBy = target.annotation(GateAnnotations.requestedBy) ?? ""
            gate.requestedAt = target.annotation(GateAnnotations.requestedAt).flatMap { Timestamp(rfc3339: $0) }
            gate.hasStalePods = hasStalePods(target)
        }
        gate.hasStrayConfigs = hasStrayConfigs
        let proofs = ledger.filter { $0.revision == canary.status.lastAppliedSpec && $0.verdict == .promoted }
        gate.provenAt = proofs.compactMap(\.endedAt).max()
        gate.isUnmarked = !unmarked.isEmpty || !hasFinalizer
        gate.configs = target == nil ? nil : configDigests
        gate.fullName = fullName
        gate.isLedgerRead = isLedgerRead
        let uses = breakGlassUses(at: now)
        gate.breakGlass = uses.valid
        gate.expiredBreakGlass = uses.expired
        gate.handOver = handOverState(at: now)
        return gate
    }

    /// Whether `target` has pods of another revision that nothing would replace: made with other ConfigMaps or Secrets, or
    /// left for somebody to remove by hand.
    private func hasStalePods(_ target: JSONValue) -> Bool {
        func count(_ field: String) -> Int { target[path: "status", field]?.int ?? 0 }
        switch canary.targetKind {
        case .deployment:
            return target.annotation(GateAnnotations.configs) != revision.flatMap(RevisionDigest.configs(of:))
                && count("replicas") > 0
        case .daemonSet:
            return RollingHold.isByHand(target)
                && count("currentNumberScheduled") > count("updatedNumberScheduled")
        case .service: return false
        }
    }

    /// Whether the finalizer for the hand-over is on the Canary.
    var hasFinalizer: Bool { finalizers.contains(Handover.finalizer) }

    /// The target, the tracked ConfigMaps and Secrets, and what is the Canary's, as far as they lack the label by which
    /// admission sees them.
    var unmarked: [(type: ResourceType, object: JSONValue)] {
        var objects = owned.filter { Ownership.foreign($0.object, to: canary) == nil }
        if let target { objects.insert((canary.targetKind.resourceType, target), at: 0) }
        for config in configs {
            if let source = config.source { objects.append((config.name.kind.resourceType, source)) }
        }
        return objects.filter { $0.object.label(GateAnnotations.managed) != "true" }
    }

    /// What the loop makes, as far as it is there.
    var owned: [(type: ResourceType, object: JSONValue)] {
        var objects: [(type: ResourceType, object: JSONValue)] = []
        // A primary that is a Service is among the Services.
        if let primary, canary.targetKind != .service { objects.append((canary.targetKind.resourceType, primary)) }
        if let primaryAutoscaler, let kind = canary.scalerKind {
            objects.append((kind.resourceType, primaryAutoscaler))
        }
        for role in ServiceRole.allCases {
            if let service = services[role] { objects.append((.services, service)) }
        }
        if let proxy { objects.append((.httpProxies, proxy)) }
        if let budget = budgets.first(where: { Ownership.foreign($0, to: canary) == nil }) {
            objects.append((.podDisruptionBudgets, budget))
        }
        return objects
    }
}
