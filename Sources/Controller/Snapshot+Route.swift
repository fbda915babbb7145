import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// The Services and the route as they were read.
extension Snapshot {
    func serviceStates() throws(ControllerError) -> [ServiceRole: ObjectState] {
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

    var routeState: RouteState {
        guard let proxy else { return .missing }
        if let owner = Ownership.foreign(proxy, to: canary) { return .foreign(owner) }
        let weights = Set(CanaryRoute.weights(in: proxy, of: canary.service))
        guard !weights.isEmpty else {
            let names = "\(canary.service.primaryName) and \(canary.service.canaryName)"
            return .unreadable("has no route to both \(names)")
        }
        let verdict = verdict(proxy)
        guard weights.count == 1, let share = weights.first, share.primary + share.canary == 100 else {
            return .present(RouteReading(nil), verdict)
        }
        return .present(RouteReading(Traffic(canary: share.canary)), verdict)
    }

    /// Contour's word on `proxy`.
    func verdict(_ proxy: JSONValue) -> RouteVerdict {
        switch ProxyVerdict(proxy) {
        case .valid: .valid
        case .invalid(let reason): .invalid(reason)
        case .orphaned(let reason): .orphaned(reason)
        case .notYetSeen: .pending
        }
    }
}
