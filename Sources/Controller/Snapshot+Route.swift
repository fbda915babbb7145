import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout

/// The Services and the route as they were read.
extension Snapshot {
    func serviceStates(at now: Timestamp) throws(ControllerError) -> [ServiceRole: ObjectState] {
        guard let target else { return [:] }
        let label = try label()
        var states: [ServiceRole: ObjectState] = [:]
        for role in ServiceRole.allCases {
            states[role] = left(state(role, target: target, label: label), of: services[role], at: now)
        }
        return states
    }

    private func state(_ role: ServiceRole, target: JSONValue, label: SelectorLabel) -> ObjectState {
        guard let service = services[role] else { return .missing }
        let isOwned = !(service[path: "metadata", "ownerReferences"]?.array ?? []).isEmpty
        // A Service that users call already is taken over as it is; nobody else may own it.
        if let owner = Ownership.foreign(service, to: canary), role != .apex || isOwned { return .foreign(owner) }
        let workload = portBearer(of: role) ?? target
        return GeneratedService.isCurrent(service, role, for: canary, workload: workload, label: label)
            ? .current : .differs
    }

    /// The workload whose ports the Service in `role` has where they are discovered: what users reach knows no port before
    /// the primary has it.
    func portBearer(of role: ServiceRole) -> JSONValue? { role == .canary ? target : primary ?? target }

    var routeState: RouteState {
        switch canary.provider {
        case .contour: proxyState
        case .kubernetes: selectorState
        }
    }

    private var proxyState: RouteState {
        // What an earlier Canary has left is taken over where otherwise a new one would be made.
        guard let proxy, !CanaryRoute.isLeft(proxy, for: canary) else { return .missing }
        if let owner = Ownership.foreign(proxy, to: canary) { return .foreign(owner) }
        guard let reading = CanaryRoute.reading(of: proxy, for: canary) else {
            let names = "\(canary.service.primaryName) and \(canary.service.canaryName)"
            return .unreadable("has no route to both \(names)")
        }
        let verdict = verdict(proxy)
        return .present(RouteReading(reading.traffic, isShaped: reading.isComplete), verdict)
    }

    /// Without a proxy the apex Service leads to one side or the other, and what it says is in force.
    private var selectorState: RouteState {
        guard let apex = services[.apex] else { return .missing }
        let share = podLabel.flatMap { GeneratedService.canaryShare(of: apex, label: $0) }
        return .present(RouteReading(share.map { Traffic(canary: $0) }), .valid)
    }

    /// The label by which the target's pods are told; the primary has it too, so that the traffic can go home when the
    /// target is gone.
    var podLabel: SelectorLabel? {
        if let label = SelectorLabel(target ?? .null) { return label }
        let ending = "-primary"
        guard let own = SelectorLabel(primary ?? .null), own.value.hasSuffix(ending) else { return nil }
        let labels: JSONValue = [own.key: .string(String(own.value.dropLast(ending.count)))]
        return SelectorLabel(["spec": ["selector": ["matchLabels": labels]]])
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
