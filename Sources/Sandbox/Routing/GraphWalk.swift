import ContourAPI
import JSON
import Kubernetes

/// The walk from the roots down the includes.
struct GraphWalk {
    /// How many includes are followed below one root: where each object includes the next one twice, their number doubles
    /// from one to the next.
    private static let includeLimit = 1_000

    private let proxies: [ObjectKey: JSONValue]
    /// The TCP ports of every Service.
    private let ports: [ObjectKey: Set<Int>]
    private let own: [ObjectKey: [ProxyFault]]
    /// The errors found so far, an empty list for an object that was looked at.
    private(set) var faults: [ObjectKey: [ProxyFault]] = [:]
    /// The objects that a root leads to.
    private(set) var visited: Set<ObjectKey> = []
    private var includesLeft = 0

    init(_ proxies: [JSONValue], services: [JSONValue]) {
        self.proxies = Dictionary(proxies.map { ($0.key, $0) }) { first, _ in first }
        ports = Dictionary(services.map { ($0.key, Self.ports(of: $0)) }) { first, _ in first }
        own = self.proxies.mapValues { HTTPProxyRules.findings(for: $0).compactMap { ProxyFault($0) } }
    }

    private static func ports(of service: JSONValue) -> Set<Int> {
        let ports = service[path: "spec", "ports"]?.array ?? []
        return Set(ports.filter { $0["protocol"]?.string ?? "TCP" == "TCP" }.compactMap { $0["port"]?.int })
    }

    /// Notes that the object was looked at, and an error once.
    mutating func add(_ fault: ProxyFault?, to key: ObjectKey) {
        var list = faults[key] ?? []
        if let fault, !list.contains(fault) { list.append(fault) }
        faults[key] = list
    }

    /// All routes below the root; nil when an error of the root itself takes the whole host away.
    mutating func routes(ofRoot key: ObjectKey) -> [ResolvedRoute]? {
        includesLeft = Self.includeLimit
        let fatal = (own[key] ?? []).filter { !Self.isLocal($0.path) }
        visited.insert(key)
        add(nil, to: key)
        for fault in fatal { add(fault, to: key) }
        return fatal.isEmpty ? routes(of: key, RouteMatch(), above: []) : nil
    }

    /// Whether a fault at `path` concerns one include or the routes of the object alone.
    private static func isLocal(_ path: String) -> Bool {
        path.hasPrefix("spec.includes[") || path.hasPrefix("spec.routes[")
    }

    private mutating func routes(
        of key: ObjectKey,
        _ inherited: RouteMatch,
        above: [ObjectKey]
    ) -> [ResolvedRoute] {
        visited.insert(key)
        add(nil, to: key)
        let spec = proxies[key]?["spec"] ?? .null
        var routes: [ResolvedRoute] = []
        for (index, include) in (spec["includes"]?.array ?? []).enumerated() {
            routes += included(include, index, by: key, inherited, above: above)
        }
        let wrong = (own[key] ?? []).filter { $0.path.hasPrefix("spec.routes[") }
        for fault in wrong { add(fault, to: key) }
        let resolved = (spec["routes"]?.array ?? []).map { resolve($0, of: key, inherited) }
        // One wrong route takes all of its object's away, those of its includes among them.
        return wrong.isEmpty ? routes + resolved : []
    }

    private mutating func included(
        _ include: JSONValue,
        _ index: Int,
        by key: ObjectKey,
        _ inherited: RouteMatch,
        above: [ObjectKey]
    ) -> [ResolvedRoute] {
        let place = "spec.includes[\(index)]"
        let wrong = (own[key] ?? []).filter { $0.path.hasPrefix(place + ".") }
        for fault in wrong { add(fault, to: key) }
        guard wrong.isEmpty else { return [] }
        let namespace = include["namespace"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? key.namespace
        let child = ObjectKey(namespace: namespace, name: include["name"]?.string ?? "")
        guard let proxy = proxies[child] else {
            add(Self.includeError("IncludeNotFound", "include \(child) not found"), to: key)
            return []
        }
        guard proxy[path: "spec", "virtualhost"]?.object == nil else {
            let message = "root httpproxy cannot include another root httpproxy"
            add(Self.includeError("RootIncludesRoot", message), to: key)
            return []
        }
        guard child != key, !above.contains(child) else {
            let chain = (above + [key, child]).map(\.description).joined(separator: " -> ")
            add(Self.includeError("IncludeCreatesCycle", "include creates an include cycle: \(chain)"), to: child)
            return []
        }
        guard includesLeft > 0 else {
            let message = "more than \(Self.includeLimit) includes below one root are not followed in the sandbox"
            add(Self.includeError("TooManyIncludes", message), to: key)
            return []
        }
        includesLeft -= 1
        let match = inherited.adding(include["conditions"]?.array ?? [])
        return routes(of: child, match, above: above + [key])
    }

    private static func includeError(_ reason: String, _ message: String) -> ProxyFault {
        ProxyFault(type: "IncludeError", reason: reason, message: message)
    }

    /// The route; Services that are not there are errors of the object, and the others go on.
    ///
    /// A redirect and a direct response lead to nobody: Envoy answers itself.
    private mutating func resolve(
        _ route: JSONValue,
        of key: ObjectKey,
        _ inherited: RouteMatch
    ) -> ResolvedRoute {
        for service in route["services"]?.array ?? [] {
            let name = ObjectKey(namespace: key.namespace, name: service["name"]?.string ?? "")
            let port = service["port"]?.int ?? 0
            guard let problem = problem(with: name, port) else { continue }
            let message = "Spec.Routes unresolved service reference: \(problem)"
            add(ProxyFault(type: "ServiceError", reason: "ServiceUnresolvedReference", message: message), to: key)
        }
        return ResolvedRoute(route, of: key, inherited.adding(route["conditions"]?.array ?? [])) { destination in
            problem(with: destination.service, destination.port) == nil
        }
    }

    private func problem(with service: ObjectKey, _ port: Int) -> String? {
        guard let ports = ports[service] else { return "service \"\(service)\" not found" }
        return ports.contains(port) ? nil : "port \"\(port)\" on service \"\(service)\" not matched"
    }
}
