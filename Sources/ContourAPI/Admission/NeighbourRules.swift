import Admission
import JSON
import Kubernetes

/// What can be wrong with an HTTPProxy because of other objects.
enum NeighbourRules {
    static func check(_ proxy: JSONValue, in view: ClusterView, into findings: inout ProxyFindings) {
        checkName(proxy, in: view, into: &findings)
        checkIncludes(proxy, in: view, into: &findings)
        for (path, service) in services(of: proxy) {
            checkShare(service, at: path, of: proxy, in: view, into: &findings)
            guard view.knows(.services) else { continue }
            checkService(service, at: path, of: proxy, in: view, into: &findings)
        }
    }

    /// Two roots with one name take each other's traffic away: Contour serves neither.
    private static func checkName(_ proxy: JSONValue, in view: ClusterView, into findings: inout ProxyFindings) {
        guard let name = host(of: proxy) else { return }
        let holders = view.proxies(withHost: name).filter {
            $0.key != proxy.key && ingressClass(of: $0) == ingressClass(of: proxy)
                && $0[path: "metadata", "deletionTimestamp"]?.string == nil
        }
        guard let holder = holders.map(\.key.description).min() else { return }
        findings.deny(
            "fqdn-taken",
            "spec.virtualhost.fqdn",
            value: .string(name),
            contour: "VirtualHostError/DuplicateVhost",
            "\(name) is held by HTTPProxy \(holder), and Contour would serve neither",
            write: "write another name, or leave virtualhost out and include this object in \(holder)"
        )
    }

    private static func host(of proxy: JSONValue) -> String? {
        proxy[path: "spec", "virtualhost"]?.filled("fqdn")?.lowercased()
    }

    /// The class that Contour goes by; objects of different ones do not see each other.
    private static func ingressClass(of proxy: JSONValue) -> String {
        let name =
            proxy.annotation("projectcontour.io/ingress.class") ?? proxy.annotation("kubernetes.io/ingress.class")
            ?? proxy[path: "spec", "ingressClassName"]?.string ?? ""
        return name.isEmpty ? "contour" : name
    }

    private static func checkIncludes(_ proxy: JSONValue, in view: ClusterView, into findings: inout ProxyFindings) {
        for (index, include) in (proxy["spec"]?.list("includes") ?? []).enumerated() {
            guard let name = include.filled("name") else { continue }
            let key = ObjectKey(namespace: include.filled("namespace") ?? proxy.namespace, name: name)
            guard key != proxy.key else { continue }
            let path = "spec.includes[\(index)].name"
            guard let child = view.object(.httpProxies, key) else {
                guard !isToBeMade(.httpProxies, key, in: view) else { continue }
                findings.warn(
                    "include-missing",
                    path,
                    value: .string(name),
                    "no HTTPProxy \(key) yet",
                    write: "apply it, or its canary"
                )
                continue
            }
            guard child["spec"]?.has("virtualhost") ?? false else { continue }
            findings.warn(
                "include-root",
                path,
                value: .string(name),
                "\(key) has a virtualhost",
                write: "take it out there"
            )
        }
    }

    private static func services(of proxy: JSONValue) -> [(path: String, service: JSONValue)] {
        let spec = proxy["spec"] ?? .null
        var services: [(path: String, service: JSONValue)] = []
        for (route, content) in spec.list("routes").enumerated() {
            for (index, service) in content.list("services").enumerated() {
                services.append(("spec.routes[\(route)].services[\(index)]", service))
            }
        }
        for (index, service) in (spec["tcpproxy"]?.list("services") ?? []).enumerated() {
            services.append(("spec.tcpproxy.services[\(index)]", service))
        }
        return services
    }

    private static func checkService(
        _ service: JSONValue,
        at path: String,
        of proxy: JSONValue,
        in view: ClusterView,
        into findings: inout ProxyFindings
    ) {
        guard let name = service.filled("name") else { return }
        let key = ObjectKey(namespace: proxy.namespace, name: name)
        guard let stored = view.object(.services, key) else {
            guard !isToBeMade(.services, key, in: view) else { return }
            findings.warn(
                "service-missing",
                "\(path).name",
                value: .string(name),
                "no Service \(name) yet",
                write: "apply it, or its canary"
            )
            return
        }
        let ports = (stored["spec"]?.list("ports") ?? []).compactMap { $0["port"]?.int }
        guard let port = service["port"]?.int, (1...65_535).contains(port), !ports.contains(port) else { return }
        findings.warn(
            "service-port-missing",
            "\(path).port",
            value: .number(JSONNumber(port)),
            "Service \(name) has no port \(port)",
            write: ports.isEmpty
                ? "add it there" : "write \(ports.prefix(3).map(String.init).joined(separator: " or "))"
        )
    }

    /// A way to the pods under analysis that is none of the canary's, whatever share the loop gives them.
    private static func checkShare(
        _ service: JSONValue,
        at path: String,
        of proxy: JSONValue,
        in view: ClusterView,
        into findings: inout ProxyFindings
    ) {
        guard let name = service.filled("name"), name.hasSuffix("-canary") else { return }
        let apex = String(name.dropLast("-canary".count))
        guard proxy.name != apex,
            view.canaries(namedLike: [apex], namespace: proxy.namespace).contains(where: { self.apex(of: $0) == apex })
        else { return }
        findings.warn(
            "canary-direct",
            "\(path).name",
            value: .string(name),
            "its pods are not proven",
            write: "include \(apex) instead"
        )
    }

    /// What the objects that `canary` makes are named after.
    private static func apex(of canary: JSONValue) -> String? {
        canary[path: "spec", "service", "name"]?.string ?? canary[path: "spec", "targetRef", "name"]?.string
    }

    /// Whether a Canary in `view` will make the object: an HTTPProxy and three Services, named after what it serves.
    private static func isToBeMade(_ type: ResourceType, _ key: ObjectKey, in view: ClusterView) -> Bool {
        view.canaries(namedLike: [key.name], namespace: key.namespace).contains { canary in
            guard let apex = apex(of: canary) else { return false }
            if type == .httpProxies { return key.name == apex }
            return [apex, "\(apex)-primary", "\(apex)-canary"].contains(key.name)
        }
    }
}
