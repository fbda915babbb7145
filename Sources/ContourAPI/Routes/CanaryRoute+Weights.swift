package import FlaggerAPI
package import JSON
import Kubernetes

/// The weights of one route to a primary and a canary.
package struct CanaryWeights: Hashable, Sendable {
    /// The primary's weight.
    package let primary: Int
    /// The canary's weight.
    package let canary: Int

    package init(primary: Int, canary: Int) {
        self.primary = primary
        self.canary = canary
    }
}

extension CanaryRoute {
    /// Where the two weights of a route stand.
    private struct Place {
        let route: Int
        let primary: Int
        let canary: Int
        let weights: CanaryWeights
    }

    /// The weights on every route of `proxy` that leads to both the primary and the canary; a missing weight is 0.
    ///
    /// Empty when there is no such route. Mirrors carry no weight and do not count.
    package static func weights(in proxy: JSONValue, of service: CanaryService) -> [CanaryWeights] {
        places(in: proxy, of: service).map(\.weights)
    }

    /// The patch that gives the canary `weight` percent and the primary the rest on every route that leads to both, and
    /// changes nothing else.
    ///
    /// It fails as a whole when the object was changed since it was read, or other services stand in those places. Nil
    /// when there is no route to both.
    package static func weightPatch(_ proxy: JSONValue, of service: CanaryService, canary weight: Int) -> JSONPatch? {
        let places = places(in: proxy, of: service)
        guard !places.isEmpty else { return nil }
        var operations: [JSONPatch.Operation] = [
            .test(JSONPointer(["metadata", "resourceVersion"]), .string(proxy.resourceVersion))
        ]
        for place in places {
            let shares = [
                (place.primary, service.primaryName, 100 - weight), (place.canary, service.canaryName, weight),
            ]
            for (index, name, _) in shares {
                operations.append(.test(pointer(place.route, index, "name"), .string(name)))
            }
            for (index, _, share) in shares {
                operations.append(.add(pointer(place.route, index, "weight"), .number(JSONNumber(share))))
            }
        }
        return JSONPatch(operations)
    }

    private static func pointer(_ route: Int, _ service: Int, _ field: String) -> JSONPointer {
        JSONPointer(["spec", "routes", "\(route)", "services", "\(service)", field])
    }

    private static func places(in proxy: JSONValue, of service: CanaryService) -> [Place] {
        let routes = proxy[path: "spec", "routes"]?.array ?? []
        return routes.enumerated().compactMap { index, route in
            let services = route["services"]?.array ?? []
            guard let primary = place(of: service.primaryName, in: services),
                let canary = place(of: service.canaryName, in: services)
            else { return nil }
            let weights = CanaryWeights(
                primary: services[primary]["weight"]?.int ?? 0,
                canary: services[canary]["weight"]?.int ?? 0
            )
            return Place(route: index, primary: primary, canary: canary, weights: weights)
        }
    }

    private static func place(of name: String, in services: [JSONValue]) -> Int? {
        services.firstIndex { $0["name"]?.string == name && $0["mirror"]?.bool != true }
    }
}
