import JSON
import Kubernetes
import Schema

/// An object and what it includes.
extension GraphWalk {
    /// An object on the way down from a root.
    struct Place {
        let outline: ProxyOutline
        /// The conditions of the includes from the root to here.
        var conditions: [JSONValue] = []
        /// The objects from the root to here, without this one.
        var above: [ObjectKey] = []
        /// Whether its includes are followed.
        var isFollowed = true

        /// The place that `include` leads to.
        func below(_ include: ProxyOutline.Include, _ child: ProxyOutline) -> Place {
            Place(
                outline: child,
                conditions: conditions + include.conditions,
                above: above + [outline.key],
                isFollowed: isFollowed
            )
        }
    }

    /// The object at `place` with all below it, and the routes that come of it; what is wrong goes to `status`.
    mutating func visit(_ place: Place, _ status: inout ProxyStatus) -> (node: ProxyNode, routes: [HostRoute]) {
        let checks = checks(of: place.outline)
        let form = PlacedFaults(checks.formFaults())
        var includes: [IncludeNode] = []
        var routes: [HostRoute] = []
        for (include, faults) in zip(place.outline.includes, checks.includeFaults()) {
            let marks = form.includes[include.index] ?? []
            let (node, more) = follow(include, from: place, faults, marks, &status)
            includes.append(node)
            routes += more
        }
        let own = ownRoutes(place, checks, form, &status)
        let node = ProxyNode(
            key: place.outline.key,
            match: RequestMatch(place.conditions),
            includes: includes,
            routes: own.nodes,
            isDropped: own.isDropped,
            faults: form.tcp + form.rest
        )
        return (node, own.isDropped ? [] : routes + own.routes)
    }

    /// The include, and the routes that come of it.
    ///
    /// `own` is what is wrong with it whatever it leads to, in Contour's order, and `marks` what else there is to say.
    private mutating func follow(
        _ include: ProxyOutline.Include,
        from place: Place,
        _ own: [ProxyFault],
        _ marks: [ProxyFault],
        _ status: inout ProxyStatus
    ) -> (IncludeNode, [HostRoute]) {
        let faults = own + marks
        let isSelf = include.target == place.outline.key
        let told = own.first { Self.isAboutTarget($0) }
        for fault in own where !Self.isAboutTarget(fault) {
            status.add(fault)
            if fault.reach == .skipInclude { return (node(include, place, faults), []) }
        }
        guard place.isFollowed else { return (node(include, place, faults), []) }
        guard let child = proxy(include.target), !child.isRoot else {
            let other =
                proxy(include.target) == nil
                ? GraphFaults.includeMissing(include) : GraphFaults.includeRoot(include)
            status.add(told ?? other)
            return badGateway(include, place, told == nil ? faults + [other] : faults)
        }
        reach(child.key)
        let way = place.above + [place.outline.key]
        if let start = way.firstIndex(of: child.key) {
            let fault = told ?? GraphFaults.includeCycle(include, Array(way[start...]) + [child.key])
            var visit = ProxyStatus()
            visit.add(fault)
            // On the object that is met again, as of a visit of its own.
            commit(visit, to: child.key)
            return (node(include, place, isSelf ? faults : faults + [fault]), [])
        }
        guard mayVisit(child.key, below: way.count) else { return (node(include, place, faults), []) }
        var visited = ProxyStatus()
        let (below, routes) = visit(place.below(include, child), &visited)
        commit(visited, to: child.key)
        return (node(include, place, faults, below), routes)
    }

    /// Whether `fault`, told of an include by itself, is about the object that it names, which Contour looks at last.
    private static func isAboutTarget(_ fault: ProxyFault) -> Bool {
        ["RootIncludesRoot", "IncludeCreatesCycle"].contains(fault.finding.reported?.reason)
    }

    private func node(
        _ include: ProxyOutline.Include,
        _ place: Place,
        _ faults: [ProxyFault],
        _ child: ProxyNode? = nil,
        badGateway: RequestMatch? = nil
    ) -> IncludeNode {
        IncludeNode(
            index: include.index,
            target: include.target,
            match: RequestMatch(place.conditions + include.conditions),
            child: child,
            badGateway: badGateway,
            faults: faults
        )
    }

    /// The include of what can't be included: 502 for its own conditions, if it has any.
    private func badGateway(
        _ include: ProxyOutline.Include,
        _ place: Place,
        _ faults: [ProxyFault]
    ) -> (IncludeNode, [HostRoute]) {
        guard !include.conditions.isEmpty else { return (node(include, place, faults), []) }
        let match = RequestMatch(include.conditions)
        let route = HostRoute(
            proxy: place.outline.key,
            index: nil,
            match: match,
            action: .response(status: 502),
            requiredProvider: nil
        )
        return (node(include, place, faults, badGateway: match), [route])
    }
}
