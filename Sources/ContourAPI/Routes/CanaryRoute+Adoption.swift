package import FlaggerAPI
package import JSON
import Kubernetes

/// An HTTPProxy that the hand-over of an earlier Canary has left, as another Canary of the same Services takes it over.
extension CanaryRoute {
    /// Whether `proxy` was left by a hand-over, is nobody's, and leads to the Service that users of `canary` call.
    package static func isLeft(_ proxy: JSONValue, for canary: Canary) -> Bool {
        let owners = proxy[path: "metadata", "ownerReferences"]?.array ?? []
        return owners.isEmpty && proxy.annotation(Handover.leftBy) != nil
            && (proxy[path: "spec", "routes"]?.array ?? []).contains { route in
                (route["services"]?.array ?? []).contains { isApex($0, canary.service) }
            }
    }

    /// `proxy` as that of `canary`: what led to the Service that users call leads to the primary and the canary, as
    /// `traffic` says; all else is kept.
    ///
    /// - Throws: `CanaryRouteConflict` when something that a team put on a route is in the way.
    package static func adopted(
        _ proxy: JSONValue,
        for canary: Canary,
        _ traffic: Traffic = .home
    ) throws(CanaryRouteConflict) -> JSONValue {
        var proxy = proxy
        proxy[path: "metadata", "annotations", Handover.leftBy] = nil
        proxy[path: "metadata", "ownerReferences"] = [canary.ownerReference]
        let routes = (proxy[path: "spec", "routes"]?.array ?? []).map { divided($0, canary.service) }
        proxy[path: "spec", "routes"] = .array(routes)
        let all = CanaryRoutes(proxy, of: canary)
        return all.proxy(try all.arranged(for: traffic, completing: true))
    }

    /// `route` with an entry for the primary and one for the canary in place of the first that leads to both.
    private static func divided(_ route: JSONValue, _ service: CanaryService) -> JSONValue {
        let entries = route["services"]?.array ?? []
        guard let place = entries.firstIndex(where: { isApex($0, service) }) else { return route }
        var shares: [JSONValue] = []
        for (name, weight) in [(service.primaryName, 100), (service.canaryName, 0)] {
            var share = entries[place]
            share["name"] = .string(name)
            share["port"] = .number(JSONNumber(service.port))
            share["weight"] = .number(JSONNumber(weight))
            shares.append(share)
        }
        let others = entries[(place + 1)...].filter { !isApex($0, service) }
        var route = route
        route["services"] = .array(entries[..<place] + shares + others)
        return route
    }

    private static func isApex(_ entry: JSONValue, _ service: CanaryService) -> Bool {
        entry["name"]?.string == service.apexName && entry["mirror"]?.bool != true
    }
}
