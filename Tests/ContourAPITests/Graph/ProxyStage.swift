import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema

/// A cluster of HTTPProxies in the namespace `web`, with the Services `shop`, `shop-primary` and `cart` on port 80.
struct ProxyStage {
    var view = ClusterView()
    var settings = ContourSettings()

    init(_ specs: KeyValuePairs<String, String> = [:]) throws {
        view.complete(.httpProxies)
        for name in ["shop", "shop-primary", "cart"] {
            view.set(
                .services,
                [
                    "metadata": ["name": .string(name), "namespace": "web"],
                    "spec": ["ports": [["port": 80]]],
                ]
            )
        }
        for (name, spec) in specs { try add(name, spec) }
    }

    /// The HTTPProxy `name`, `web/name` where it says no namespace.
    static func proxy(_ name: String, _ spec: String) throws -> JSONValue {
        let key = key(name)
        return [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": .string(key.name), "namespace": .string(key.namespace ?? "")],
            "spec": try JSONValue(parsing: spec),
        ]
    }

    static func key(_ name: String) -> ObjectKey {
        let parts = name.split(separator: "/").map(String.init)
        return parts.count == 2
            ? ObjectKey(namespace: parts[0], name: parts[1]) : ObjectKey(namespace: "web", name: name)
    }

    /// Puts the HTTPProxy in.
    mutating func add(_ name: String, _ spec: String) throws { view.set(.httpProxies, try Self.proxy(name, spec)) }

    /// Puts a Canary of the Deployment `target` in.
    mutating func addCanary(of target: String, spec: JSONValue = ["service": ["port": 80]]) {
        var spec = spec
        spec["targetRef"] = ["kind": "Deployment", "name": .string(target)]
        view.set(.canaries, ["metadata": ["name": .string(target), "namespace": "web"], "spec": spec])
    }

    var evaluation: ProxyEvaluation { ProxyGraph(view, settings: settings).evaluation() }

    /// `valid`, or the errors of the status as `type/reason`.
    func status(_ name: String) -> [String] {
        guard let status = evaluation.statuses[Self.key(name)] else { return ["unseen"] }
        return status.errors.isEmpty ? ["valid"] : status.errors.map { "\($0.type)/\($0.reason)" }
    }

    /// What becomes of a request: `404`, `502`, or where it goes, as `shop 90 + cart 10`.
    func answer(_ path: String, headers: [String: String] = [:], host: String = "a.example.com") -> String {
        guard let route = evaluation.route(for: RouteRequest(path: path, headers: headers), to: host) else {
            return "404"
        }
        switch route.action {
        case .response(let status): return "\(status)"
        case .redirect(let status, let place): return "\(status) \(place)"
        case .services(let backends):
            return backends.map { backend in
                "\(backend.service.name) \(Int(backend.percent))\(backend.isMirror ? " copied" : "")"
            }.joined(separator: " + ")
        }
    }

    /// The findings on the object as it stands.
    func findings(_ name: String) -> [Finding] {
        guard let proxy = view.object(.httpProxies, Self.key(name)) else { return [] }
        return HTTPProxyRules.findings(in: proxy, among: view, under: settings)
    }

    /// The findings on the object as it is to be in place of what is stored.
    func findings(changing name: String, to spec: String) throws -> [Finding] {
        HTTPProxyRules.findings(
            in: try Self.proxy(name, spec),
            insteadOf: view.object(.httpProxies, Self.key(name)),
            among: view,
            under: settings
        )
    }

    /// The findings on its deletion.
    func findings(deleting name: String) -> [Finding] {
        guard let proxy = view.object(.httpProxies, Self.key(name)) else { return [] }
        return HTTPProxyRules.findings(deleting: proxy, among: view, under: settings)
    }
}

/// A route for `prefix` to Services on port 80.
func route(_ prefix: String, _ services: String...) -> String {
    let list = services.map { #"{"name":"\#($0)","port":80}"# }.joined(separator: ",")
    return #"{"conditions":[{"prefix":"\#(prefix)"}],"services":[\#(list)]}"#
}

/// A root for `a.example.com`, or another host, with `rest` in its spec.
func rootSpec(_ rest: String, host: String = "a.example.com") -> String {
    #"{"virtualhost":{"fqdn":"\#(host)"},\#(rest)}"#
}

/// An include of `name` for `prefix`.
func include(_ name: String, _ prefix: String) -> String {
    #"{"name":"\#(name)","conditions":[{"prefix":"\#(prefix)"}]}"#
}
