package import FlaggerAPI
package import JSON
import Kubernetes

extension CanaryRoute {
    /// The patch that has `proxy` do with the requests what `traffic` says, and changes nothing else.
    ///
    /// Weights alone where these are all that differs; else also what the strategy needs: the routes of an A/B test,
    /// copies, the routes of the cookies and the policies that set them. New routes are copies of the one whose requests
    /// they take. It fails as a whole when the object was changed since it was read.
    ///
    /// - Parameters:
    ///   - proxy: the HTTPProxy as it was read.
    ///   - canary: whose it is.
    ///   - traffic: what is wanted; cookies only count where the Canary asks for session affinity.
    /// - Returns: the patch, empty where nothing is to be done; nil when there is no route to both primary and canary.
    /// - Throws: `CanaryRouteConflict` when something that the team put on a route is in the way.
    package static func patch(
        _ proxy: JSONValue,
        for canary: Canary,
        _ traffic: Traffic
    ) throws(CanaryRouteConflict) -> JSONPatch? {
        let routes = CanaryRoutes(proxy, of: canary)
        guard routes.leadsToBoth else { return nil }
        let wanted = routes.proxy(try routes.arranged(for: traffic, completing: true))
        guard wanted != proxy else { return JSONPatch() }
        let guardian = JSONPatch.Operation.test(
            JSONPointer(["metadata", "resourceVersion"]),
            .string(proxy.resourceVersion)
        )
        let changes = weightChanges(from: proxy, to: wanted) ?? JSONPatch.difference(from: proxy, to: wanted).operations
        return JSONPatch([guardian] + changes)
    }

    /// The changes of weights, each guarded by the Service's name; nil where more than weights differs.
    private static func weightChanges(from old: JSONValue, to new: JSONValue) -> [JSONPatch.Operation]? {
        guard unweighted(old) == unweighted(new) else { return nil }
        var operations: [JSONPatch.Operation] = []
        for (route, (before, after)) in zip(services(old), services(new)).enumerated() {
            let changed = before.indices.filter { before[$0]["weight"] != after[$0]["weight"] }
            for index in changed {
                operations.append(.test(pointer(route, index, "name"), before[index]["name"] ?? .null))
            }
            for index in changed {
                operations.append(.add(pointer(route, index, "weight"), after[index]["weight"] ?? 0))
            }
        }
        return operations
    }

    private static func services(_ proxy: JSONValue) -> [[JSONValue]] {
        (proxy[path: "spec", "routes"]?.array ?? []).map { $0["services"]?.array ?? [] }
    }

    private static func unweighted(_ proxy: JSONValue) -> JSONValue {
        var proxy = proxy
        let routes = (proxy[path: "spec", "routes"]?.array ?? []).map { route in
            guard let services = route["services"]?.array else { return route }
            var route = route
            route["services"] = .array(
                services.map { service in
                    var service = service
                    service["weight"] = nil
                    return service
                }
            )
            return route
        }
        proxy[path: "spec", "routes"] = .array(routes)
        return proxy
    }

    private static func pointer(_ route: Int, _ service: Int, _ field: String) -> JSONPointer {
        JSONPointer(["spec", "routes", "\(route)", "services", "\(service)", field])
    }
}
