import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

/// The HTTPProxy of a Canary of `shop` in the namespace `web`, included by a root of its team.
struct RouteScene {
    /// Its HTTPProxy as it is stored.
    private(set) var proxy: JSONValue
    /// The Canary.
    var canary: Canary

    /// The HTTPProxy as it is made for `analysis` and, beside the port, `service`.
    init(_ analysis: JSONValue = [:], service: JSONValue = [:], _ traffic: Traffic = .home) throws {
        canary = try Self.canary(analysis, service: service)
        proxy = CanaryRoute.proxy(for: canary, traffic)
        proxy[path: "metadata", "resourceVersion"] = "1"
    }

    static func canary(_ analysis: JSONValue, service: JSONValue = [:]) throws -> Canary {
        var all: JSONValue = ["interval": "30s", "threshold": 5, "stepWeight": 5]
        for member in analysis.object ?? JSONObject() { all[member.key] = member.value }
        if all["match"] != nil {
            all["stepWeight"] = nil
            all["iterations"] = 3
        }
        var ports: JSONValue = ["port": 80]
        for member in service.object ?? JSONObject() { ports[member.key] = member.value }
        return try Canary([
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
            "metadata": ["name": "shop", "namespace": "web", "uid": "u1"],
            "spec": [
                "provider": "contour",
                "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"],
                "service": ports, "analysis": all,
            ],
        ])
    }

    /// Changes the HTTPProxy as somebody else.
    mutating func edit(_ body: (inout [JSONValue]) -> Void) {
        var routes = routes
        body(&routes)
        proxy[path: "spec", "routes"] = .array(routes)
    }

    /// The routes.
    var routes: [JSONValue] { proxy[path: "spec", "routes"]?.array ?? [] }

    /// What is read off it.
    var reading: CanaryRouteReading? { CanaryRoute.reading(of: proxy, for: canary) }

    /// Sets the traffic, and returns the patch.
    @discardableResult
    mutating func set(_ traffic: Traffic) throws -> JSONPatch {
        let patch = try #require(try CanaryRoute.patch(proxy, for: canary, traffic))
        if !patch.isEmpty { proxy = try patch.applied(to: proxy) }
        return patch
    }

    /// The cluster with the root, the Services, the Canary and the HTTPProxy.
    var stage: ProxyStage {
        get throws {
            var stage = try ProxyStage(["root": rootSpec(#""includes":[{"name":"shop"}]"#)])
            let names = ["shop-canary", "recorder", "docs"]
            for name in names {
                stage.view.set(
                    .services,
                    ["metadata": ["name": .string(name), "namespace": "web"], "spec": ["ports": [["port": 80]]]]
                )
            }
            stage.view.set(.canaries, canary.object)
            stage.view.set(.httpProxies, proxy)
            return stage
        }
    }

    /// What our own rules say of it.
    var complaints: [String] {
        get throws { try stage.findings("shop").map { "\($0.path) \($0.rule)" } }
    }

    /// Where a request goes: `shop-primary 90 + shop-canary 10`.
    func answer(
        _ path: String = "/",
        headers: [String: String] = [:],
        parameters: [String: String] = [:]
    ) throws -> String {
        let request = RouteRequest(path: path, headers: headers, parameters: parameters)
        guard let route = try stage.evaluation.route(for: request, to: "a.example.com") else { return "404" }
        guard case .services(let backends) = route.action else { return "\(route.action)" }
        return backends.filter { $0.percent > 0 }.map { backend in
            let name = backend.service.name.replacing("shop-", with: "")
            let cookie = backend.cookie.map { " (\($0.prefix { $0 != ";" }))" } ?? ""
            return "\(name) \(Int(backend.percent))\(backend.isMirror ? " copied" : "")\(cookie)"
        }
        .joined(separator: " + ")
    }
}
