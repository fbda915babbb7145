import Admission
import JSON
import Kubernetes
import Schema

/// What one HTTPProxy loses when an object that it refers to changes or goes.
struct ProxyLoss {
    /// How many paths are named.
    private static let pathLimit = 3

    /// Where the HTTPProxy is.
    let key: ObjectKey
    /// The references that were fine and are not any more, each with the reason.
    let broken: [(reference: ProxyReference, reason: String)]
    private let proxy: JSONValue
    /// The routes that are left without a backend.
    private let emptied: Set<Int>

    /// What `proxy` loses between `before` and `after`; nil for nothing, and where it was of no use before.
    init?(of proxy: JSONValue, before: ClusterView, after: ClusterView, settings: ContourSettings) {
        let status = proxy[path: "status", "currentStatus"]?.string ?? ""
        guard !["invalid", "orphaned"].contains(status), settings.takes(proxy),
            proxy[path: "metadata", "deletionTimestamp"]?.string == nil
        else { return nil }
        let old = Neighbourhood(of: proxy.namespace ?? "", in: before, settings: settings)
        let new = Neighbourhood(of: proxy.namespace ?? "", in: after, settings: settings)
        let references = ProxyReference.all(in: proxy)
        var broken: [(reference: ProxyReference, reason: String)] = []
        for reference in references {
            guard case .broken(let reason) = reference.state(among: new), reference.state(among: old) == .fine else {
                continue
            }
            broken.append((reference, reason))
        }
        guard !broken.isEmpty else { return nil }
        key = proxy.key
        self.broken = broken
        self.proxy = proxy
        emptied = Set(
            broken.compactMap { if case .route(let index) = $0.reference.part { index } else { nil } }
        ).filter { Self.isEmpty($0, of: proxy, among: new) }
    }

    /// Whether no backend of the route is left; mirrors are none.
    private static func isEmpty(_ index: Int, of proxy: JSONValue, among neighbours: Neighbourhood) -> Bool {
        let services = (proxy["spec"]?.list("routes")[index].list("services") ?? []).filter { !$0.flag("mirror") }
        return services.allSatisfy { service in
            let answer = neighbours.service(
                service.filled("name") ?? "",
                port: service["port"]?.int ?? 0,
                healthPort: nil
            )
            switch answer {
            case .fine, .unknown: return false
            case .missing, .portMissing, .portNotTCP, .externalNameOff, .externalNameLocal: return true
            }
        }
    }

    /// What follows for traffic, a clause after "so"; it names the HTTPProxy where `isNamed`.
    func effect(isNamed: Bool) -> String {
        let parts = Set(broken.map(\.reference.part))
        if parts.contains(.host) {
            let host = proxy[path: "spec", "virtualhost"]?.filled("fqdn") ?? key.description
            return "\(host) is not served"
        }
        let owner = isNamed ? " of \(key)" : ""
        if parts.contains(.object) { return "all routes\(isNamed ? owner : " of this object") are dropped" }
        if !emptied.isEmpty { return "requests to \(paths(emptied))\(owner) get 503" }
        let others = Set(parts.compactMap { if case .route(let index) = $0 { index } else { nil } })
        return "requests to \(paths(others))\(owner) lose a backend"
    }

    /// `/api`, or several, by the routes' own conditions.
    private func paths(_ routes: Set<Int>) -> String {
        let all = routes.sorted().map { index in
            let conditions = proxy["spec"]?.list("routes")[index].list("conditions") ?? []
            let paths = conditions.compactMap { $0.filled("prefix") ?? $0.filled("exact") ?? $0.filled("regex") }
            return paths.first ?? "/"
        }
        let distinct = all.enumerated().filter { all.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        return NameList.text(distinct, limit: Self.pathLimit)
    }
}
