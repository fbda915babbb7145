import JSON
import Kubernetes
import Schema

/// The routes of an object.
extension GraphWalk {
    /// An object's own routes at a place.
    struct OwnRoutes {
        var nodes: [RouteNode] = []
        /// Those in force, unless all are dropped.
        var routes: [HostRoute] = []
        var isDropped = false
    }

    /// The routes of the object at `place`; what is wrong goes to `status`, up to the fault that drops them all.
    func ownRoutes(
        _ place: Place,
        _ checks: ProxyChecks,
        _ form: PlacedFaults,
        _ status: inout ProxyStatus
    ) -> OwnRoutes {
        var own = OwnRoutes()
        for (index, route) in place.outline.routes.enumerated() {
            let path = "spec.routes[\(index)]"
            let faults = checks.routeFaults(index, inheriting: place.conditions)
            let services = route["services"]?.array ?? []
            let outcome = RouteOutcome(faults, at: path, services: services)
            if !own.isDropped {
                for fault in outcome.recorded { status.add(fault) }
                own.isDropped = outcome.isDropped
            }
            let marks = Dictionary(grouping: faults + (form.routes[index] ?? [])) { fault in
                RouteOutcome.service(of: fault.finding.path, in: path)
            }
            let lost = faults.filter { $0.reach == .nextService }
                .compactMap { RouteOutcome.service(of: $0.finding.path, in: path) }
            let backends = RouteBackend.all(
                services,
                in: place.outline.key.namespace,
                lost: Set(lost),
                faults: marks.reduce(into: [:]) { byPlace, entry in
                    if let service = entry.key { byPlace[service] = entry.value }
                }
            )
            let node = RouteNode(
                index: index,
                match: RequestMatch(place.conditions + (route["conditions"]?.array ?? [])),
                action: RouteAction(route, backends),
                faults: marks[nil] ?? []
            )
            own.nodes.append(node)
            guard let action = node.action?.inForce else { continue }
            own.routes.append(
                HostRoute(
                    proxy: place.outline.key,
                    index: index,
                    match: node.match,
                    action: action,
                    requiredProvider: checks.requiredProvider(ofRoute: index)
                )
            )
        }
        return own
    }
}
