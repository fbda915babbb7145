import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// The workloads and what scales them, as they were read.
extension Snapshot {
    /// What a revision of the target is made of, its ConfigMaps and Secrets apart: the pod template as the team wrote it,
    /// or a Service's spec.
    var content: JSONValue? {
        guard let target else { return nil }
        if canary.targetKind == .service { return ServiceCopy.content(of: target) }
        return ScaleToZero.removed(from: target[path: "spec", "template"] ?? .null)
    }

    var targetWorkload: Workload? {
        guard let target else { return nil }
        // A Service's gate is the copy of it that may take traffic.
        let gated = canary.targetKind == .service ? services[.canary] ?? .null : target
        let isHeld =
            canary.targetKind == .service
            ? (gated.annotation(ServiceCopy.replicas) ?? "0") == "0" : ScaleToZero.isOn(target)
        return workload(target, revision, isAdmitted: isAdmitted(gated), isHeld: isHeld, targetPods)
    }

    var primaryWorkload: Workload? {
        guard let primary else { return nil }
        let revision = primary.annotation(GateAnnotations.revision)
        return workload(primary, revision, isAdmitted: true, isHeld: false, primaryPods)
    }

    private func workload(
        _ object: JSONValue,
        _ revision: String?,
        isAdmitted: Bool,
        isHeld: Bool,
        _ pods: PodFindings?
    ) -> Workload {
        var workload: Workload
        switch canary.targetKind {
        case .deployment: workload = Workload(deployment: object, revision: revision, isAdmitted: isAdmitted)
        case .daemonSet:
            workload = Workload(daemonSet: object, revision: revision, isAdmitted: isAdmitted, isHeld: isHeld)
            workload.status.unavailableSince = pods.flatMap { $0.waitingSince ?? startOfWait }
        case .service:
            workload = Workload(service: object, revision: revision, isAdmitted: isAdmitted, isHeld: isHeld)
        }
        workload.trouble = workload.trouble ?? pods?.trouble
        return workload
    }

    /// Since when pods are waited for where none is there to tell.
    private var startOfWait: Timestamp? {
        isUnderWay || canary.status.phase == .initializing ? canary.status.lastTransitionTime : nil
    }

    func autoscalerState(at now: Timestamp) -> AutoscalerState? {
        guard let kind = canary.scalerKind else { return nil }
        var state = AutoscalerState(hasSource: autoscaler != nil, copy: .missing)
        if kind == .scaledObject {
            state.isPaused = autoscaler?.annotation(PrimaryScaledObject.pause) != nil
        }
        guard let copy = primaryAutoscaler else { return state }
        if let owner = Ownership.foreign(copy, to: canary) {
            state.copy = .foreign(owner)
        } else {
            let isCurrent = autoscaler.map { copy["spec"] == ScalerCopy.spec(kind, of: $0, for: canary) } ?? true
            state.copy = left(isCurrent ? .current : .differs, of: copy, at: now)
        }
        return state
    }

    /// What was made for this Canary to scale its primary and no longer is what the Canary names.
    var strayAutoscalers: [(kind: ScalerKind, object: JSONValue)] {
        autoscalers.filter { kind, object in
            let isWanted = kind == canary.scalerKind && object.name == canary.autoscaler.map { "\($0.name)-primary" }
            return !isWanted && Ownership.foreign(object, to: canary) == nil
        }
    }

    /// Where the primary's template is not what the promotion of the target's makes of it; looked at while it is promoted.
    func templateDifferences() throws(ControllerError) -> [String] {
        guard canary.targetKind != .service, [.promoting, .finalising].contains(canary.status.phase), let primary,
            primary.annotation(GateAnnotations.revision) == revision, let copy = try primaryCopy()
        else { return [] }
        return copy.differences(in: primary)
    }

    /// How the primary is made of the target; nil when that is not there.
    func primaryCopy() throws(ControllerError) -> PrimaryCopy? {
        guard let target else { return nil }
        return PrimaryCopy(
            canary: canary,
            target: target,
            label: try label(),
            copies: configs.copyNames,
            settings: copying
        )
    }

    /// The primary's PodDisruptionBudget and the target's.
    func disruptionBudget() throws(ControllerError) -> PrimaryDisruptionBudget? {
        guard canary.targetKind != .service, let target else { return nil }
        return PrimaryDisruptionBudget(budgets, for: canary, target: target, label: try label())
    }

    /// The Services of a target that is one: the primary, the copy under analysis, and the target itself.
    var serviceCopyStates: [ServiceRole: ObjectState] {
        var states: [ServiceRole: ObjectState] = [.apex: .current]
        for role in [ServiceRole.primary, .canary] {
            guard let copy = services[role] else {
                states[role] = .missing
                continue
            }
            states[role] = Ownership.foreign(copy, to: canary).map { .foreign($0) } ?? .current
        }
        return states
    }
}
