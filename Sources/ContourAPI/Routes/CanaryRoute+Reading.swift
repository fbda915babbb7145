package import FlaggerAPI
package import JSON

/// What was read off the HTTPProxy of a Canary.
package struct CanaryRouteReading: Hashable, Sendable {
    /// What it does; nil when its parts do different things, or something that no strategy asks for.
    package let traffic: Traffic?
    /// Whether it has the routes that the Canary's strategy needs at all times, and none of an earlier one.
    package let isComplete: Bool

    package init(_ traffic: Traffic?, isComplete: Bool) {
        self.traffic = traffic
        self.isComplete = isComplete
    }
}

extension CanaryRoute {
    /// What `proxy` does; nil when it has no route to both the primary and the canary.
    ///
    /// It is exact: a patch to the traffic that is read changes nothing but to complete the routes.
    package static func reading(of proxy: JSONValue, for canary: Canary) -> CanaryRouteReading? {
        let routes = CanaryRoutes(proxy, of: canary)
        guard routes.leadsToBoth else { return nil }
        let likely = routes.likelyTraffic
        let isSo = arranged(routes, likely, completing: false) == routes.routes
        let basis = isSo ? likely : .home
        let isComplete =
            routes.hasRecorded
            && arranged(routes, basis, completing: true) == arranged(routes, basis, completing: false)
        return CanaryRouteReading(isSo ? likely : nil, isComplete: isComplete)
    }

    /// Nil where something is in the way.
    private static func arranged(_ routes: CanaryRoutes, _ traffic: Traffic, completing: Bool) -> [JSONValue]? {
        do throws(CanaryRouteConflict) {
            return try routes.arranged(for: traffic, completing: completing)
        } catch {
            return nil
        }
    }
}
