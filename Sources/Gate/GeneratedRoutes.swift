import JSON
import Kubernetes

/// What of a Canary's HTTPProxy belongs to its rollout.
///
/// The routes to its Services, those of an A/B test and of callers with a cookie among them, each with conditions,
/// services and weights; copies and the cookies of its sessions; and the class by which Contour finds the object.
///
/// All else is its team's: header policies, timeouts, retries, rate limits, health checks and the like on these routes
/// too, a virtual host, includes, and routes to elsewhere. The loop keeps all of it.
struct GeneratedRoutes {
    /// What of it is to be changed.
    enum Part {
        /// The shares of primary and canary.
        case weights
        /// Which Services a route leads to, by which ports, or that there is the route at all.
        case services
        /// Which requests a route takes.
        case conditions
        /// The cookies by which callers stay with a revision.
        case cookies
        /// Nothing of the routes themselves, but another route that takes the same requests comes after one of them, and
        /// Contour goes by the last.
        case shadow
        /// The ingress class.
        case ingressClass
    }

    /// A route to one of the Canary's Services, or the TCP proxying to one.
    private struct Route: Hashable {
        let conditions: Conditions
        let services: [String]
        let weights: [Int]
        let cookies: [String]
    }

    /// The conditions of a route, however they are put together.
    private struct Conditions: Hashable {
        let paths: [JSONValue]
        let others: Set<JSONValue>

        init(_ route: JSONValue) {
            let all = (route["conditions"]?.array ?? []).compactMap(\.object)
            var paths: [JSONValue] = []
            for condition in all {
                for kind in ["prefix", "exact", "regex"] {
                    guard let text = condition[kind]?.string, !text.isEmpty else { continue }
                    paths.append([kind: .string(text)])
                }
            }
            self.paths = paths.isEmpty ? [["prefix": "/"]] : paths
            others = Set(all.flatMap { [$0["header"], $0["queryParameter"]] }.compactMap { $0 })
        }
    }

    private let routes: [Route]
    /// How many routes of others come after one of `routes` with the same conditions.
    private let shadows: Int
    private let ingressClass: String

    /// What of `proxy` belongs to the rollout of `canary`.
    init(_ proxy: JSONValue, of canary: GatedCanary) {
        let names = [canary.apex, "\(canary.apex)-primary", "\(canary.apex)-canary"]
        func isGenerated(_ route: JSONValue) -> Bool {
            (route["services"]?.array ?? []).contains { names.contains($0["name"]?.string ?? "") }
        }
        let all = proxy[path: "spec", "routes"]?.array ?? []
        let tcp = proxy[path: "spec", "tcpproxy"].map { [$0] } ?? []
        routes = (all + tcp).filter(isGenerated).map { Self.route($0, canary.sessionCookies) }
        var seen: Set<Conditions> = []
        var shadows = 0
        for route in all {
            let conditions = Conditions(route)
            if isGenerated(route) { seen.insert(conditions) } else if seen.contains(conditions) { shadows += 1 }
        }
        self.shadows = shadows
        let annotation =
            proxy.annotation("projectcontour.io/ingress.class") ?? proxy.annotation("kubernetes.io/ingress.class")
        ingressClass = annotation ?? proxy[path: "spec", "ingressClassName"]?.string ?? ""
    }

    private static func route(_ route: JSONValue, _ cookieNames: [String]) -> Route {
        let services = route["services"]?.array ?? []
        return Route(
            conditions: Conditions(route),
            services: services.map { service in
                let isMirror = service["mirror"]?.bool ?? false
                return "\(service["name"]?.string ?? ""):\(service["port"]?.int ?? 0)\(isMirror ? " mirror" : "")"
            },
            weights: services.map { $0["weight"]?.int ?? 0 },
            cookies: services.flatMap { cookies($0, cookieNames) }
        )
    }

    /// The cookies of sessions that `service` gives to callers, with its name.
    private static func cookies(_ service: JSONValue, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        return (service["responseHeadersPolicy"]?["set"]?.array ?? []).compactMap { field in
            guard field["name"]?.string?.lowercased() == "set-cookie", let text = field["value"]?.string,
                names.contains(where: { text.hasPrefix("\($0)=") })
            else { return nil }
            return "\(service["name"]?.string ?? ""): \(text)"
        }
    }

    /// What is different in `new`; nil for nothing.
    func change(to new: GeneratedRoutes) -> Part? {
        if routes.map(\.services) != new.routes.map(\.services) { return .services }
        if routes.map(\.conditions) != new.routes.map(\.conditions) { return .conditions }
        if routes.map(\.weights) != new.routes.map(\.weights) { return .weights }
        if routes.map(\.cookies) != new.routes.map(\.cookies) { return .cookies }
        if new.shadows > shadows { return .shadow }
        return ingressClass == new.ingressClass ? nil : .ingressClass
    }
}

extension GeneratedRoutes.Part {
    /// What belongs to the rollout, as the beginning of a sentence that ends with whose it is.
    var claim: String {
        switch self {
        case .weights: "weights belong"
        case .services: "the services of its route belong"
        case .conditions: "the conditions of its route belong"
        case .cookies: "session cookies belong"
        case .shadow: "requests that another route of the same conditions would take belong"
        case .ingressClass: "the ingress class belongs"
        }
    }
}
