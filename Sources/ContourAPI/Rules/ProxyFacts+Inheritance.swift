import JSON
import Kubernetes
import Schema

/// What the conditions of includes make of the routes below.
extension ProxyFacts {
    /// How many routes are held against inherited conditions.
    private static let routeLimit = 1_000

    /// The conditions of the includes above make a route wrong that is sound by itself.
    mutating func checkInheritance() {
        guard !outline.isRoot else { return }
        let inherited = ways.open.map(\.conditions).filter { Self.lookAtFields($0) }
        guard !inherited.isEmpty else { return }
        for index in outline.routes.indices {
            guard let fault = Self.inheritedFault(ofRoute: index, checks, inherited) else { continue }
            warn(
                "inherited-conditions",
                "spec.routes[\(index)].conditions",
                value: fault.finding.value,
                "at odds with the includes above",
                write: "change one",
                effect: "all routes of this object are dropped",
                reported: fault.finding.reported
            )
        }
    }

    /// The conditions of an include make a route of the child wrong that is sound by itself.
    mutating func checkChildren() {
        let above = outline.isRoot ? [[]] : ways.open.map(\.conditions)
        var left = Self.routeLimit
        for include in outline.includes where include.looksAtFields && include.target != outline.key {
            guard let child = around.proxy(include.target), !child.isRoot else { continue }
            let checks = around.checks(of: child)
            for index in child.routes.indices {
                left -= max(above.count, 1)
                guard left > 0 else {
                    isCut = true
                    return
                }
                let inherited = (above.isEmpty ? [[]] : above).map { $0 + include.conditions }
                guard let fault = Self.inheritedFault(ofRoute: index, checks, inherited) else { continue }
                warn(
                    "child-conditions",
                    "\(include.path).conditions",
                    "at odds with spec.routes[\(index)] of \(child.key)",
                    write: "change one",
                    effect: "all routes of \(child.key) are dropped",
                    reported: fault.finding.reported
                )
                break
            }
        }
    }

    private static func lookAtFields(_ conditions: [JSONValue]) -> Bool {
        conditions.contains { $0["header"]?.object != nil || $0["queryParameter"]?.object != nil }
    }

    /// What Contour finds on the route only with the conditions that it inherits on one of several ways.
    private static func inheritedFault(
        ofRoute index: Int,
        _ checks: ProxyChecks,
        _ ways: [[JSONValue]]
    ) -> ProxyFault? {
        let own = Set(checks.routeFaults(index, inheriting: []).compactMap(\.finding.reported))
        for conditions in ways {
            let fault = checks.routeFaults(index, inheriting: conditions).first { fault in
                fault.reach != .unreported && fault.finding.reported.map { !own.contains($0) } ?? false
            }
            if let fault { return fault }
        }
        return nil
    }
}
