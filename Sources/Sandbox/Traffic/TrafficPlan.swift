import ContourAPI
import JSON
import Kubernetes

/// Where requests go as the cluster is at one moment.
struct TrafficPlan: Sendable {
    private let proxies: ProxyEvaluation
    private let services: [ObjectKey: JSONValue]
    private let pods: [ObjectKey: [ServingPod]]
    /// The Services that are called past Envoy: those in front of canaries without a proxy.
    let called: [ObjectKey]
    /// All names that routes have in Envoy's statistics.
    let clusters: Set<String>

    /// The plan of `proxies`; pods in namespaces with canaries that no proxy serves are asked for their counters.
    init(
        _ proxies: ProxyEvaluation,
        services: [JSONValue],
        pods: [JSONValue],
        canaries: [JSONValue],
        images: ImageBehaviours
    ) {
        self.proxies = proxies
        let plain = canaries.filter { $0[path: "spec", "provider"]?.string == "kubernetes" }
        let namespaces = Set(plain.map(\.namespace))
        let choice = ServicePods(pods)
        self.services = Dictionary(services.map { ($0.key, $0) }) { first, _ in first }
        self.pods = self.services.mapValues { service in
            choice.selected(by: service).filter { $0.readySince != nil }.map { pod in
                ServingPod(
                    pod,
                    behaviour: images.behaviour(of: pod.images),
                    isScraped: namespaces.contains(pod.object.namespace)
                )
            }
        }
        let known = self.services
        called = plain.compactMap { canary in
            let name = canary[path: "spec", "service", "name"] ?? canary[path: "spec", "targetRef", "name"]
            let key = ObjectKey(namespace: canary.namespace, name: name?.string ?? "")
            return known[key] == nil ? nil : key
        }
        clusters = Set(
            proxies.hosts.flatMap(\.routes).flatMap { route -> [String] in
                guard case .services(let backends) = route.action else { return [] }
                return backends.map(\.cluster)
            }
        )
    }

    /// The names of the hosts that Envoy serves.
    var hosts: [String] { proxies.hosts.filter { $0.state != .absent }.map(\.host) }

    /// Whether Envoy serves `host`.
    func serves(_ host: String) -> Bool { proxies.tree(for: host) != nil }

    /// The pods whose counters Prometheus asks for.
    var scraped: Set<ObjectKey> { Set(pods.values.flatMap(\.self).filter(\.isScraped).map(\.key)) }

    /// Where the request of `visit` goes; nil where nobody takes it.
    func route(for visit: Visit) -> TrafficRoute? {
        switch visit.place {
        case .service(let key):
            guard services[key] != nil else { return nil }
            return TrafficRoute(
                backends: [
                    TrafficRoute.Backend(service: key, cluster: nil, share: 1, pods: pods[key] ?? [], cookie: nil)
                ],
                mirrors: []
            )
        case .host(let host):
            guard let route = proxies.route(for: visit.request, to: host) else { return nil }
            guard case .services(let backends) = route.action else { return .nowhere }
            return TrafficRoute(
                backends: backends.filter { !$0.isMirror }.map(target),
                mirrors: backends.filter(\.isMirror).map(target)
            )
        }
    }

    private func target(_ backend: RouteBackend) -> TrafficRoute.Backend {
        TrafficRoute.Backend(
            service: backend.service,
            cluster: backend.cluster,
            share: backend.percent / 100,
            pods: pods[backend.service] ?? [],
            cookie: backend.cookie
        )
    }
}
