import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// What a team puts on the HTTPProxy that the loop drives.
@Suite(.timeLimit(.minutes(1))) struct KeptAdditionsTests {
    /// The HTTPProxy with all that others may add, as the guard has it.
    private static func extended(_ proxy: JSONValue) -> JSONValue {
        var proxy = proxy
        guard var route = proxy[path: "spec", "routes"]?[0] else { return proxy }
        route["requestHeadersPolicy"] = ["set": [["name": "x-team", "value": "web"]]]
        route["responseHeadersPolicy"] = ["remove": ["server"]]
        route["rateLimitPolicy"] = ["local": ["requests": 100, "unit": "second"]]
        route["healthCheckPolicy"] = ["path": "/healthz"]
        route["loadBalancerPolicy"] = ["strategy": "WeightedLeastRequest"]
        route["enableWebsockets"] = true
        route["timeoutPolicy"] = ["response": "30s"]
        var services = route["services"]?.array ?? []
        for index in services.indices {
            services[index]["requestHeadersPolicy"] = [
                "set": [["name": "x-to", "value": services[index]["name"] ?? ""]]
            ]
            services[index]["slowStartPolicy"] = ["window": "10s"]
        }
        // A field of next year's Contour.
        services[1]["sparkle"] = ["level": 9]
        route["services"] = .array(services)
        let docs: JSONValue = ["conditions": [["prefix": "/docs"]], "services": [["name": "docs", "port": 80]]]
        proxy[path: "spec", "routes"] = [docs, route]
        proxy[path: "spec", "includes"] = [["name": "blog", "conditions": [["prefix": "/blog"]]]]
        proxy[path: "spec", "virtualhost"] = ["fqdn": "app.example.com", "corsPolicy": ["allowOrigin": ["*"]]]
        proxy[path: "metadata", "annotations", "team"] = "web"
        proxy[path: "metadata", "labels", "tier"] = "edge"
        return proxy
    }

    /// All of it but the weights.
    private static func unweighted(_ proxy: JSONValue?) -> JSONValue {
        var proxy = proxy ?? .null
        var routes = proxy[path: "spec", "routes"]?.array ?? []
        for index in routes.indices {
            let services = (routes[index]["services"]?.array ?? []).map { service in
                var service = service
                service["weight"] = nil
                return service
            }
            routes[index]["services"] = .array(services)
        }
        proxy[path: "spec", "routes"] = .array(routes)
        return [
            "spec": proxy["spec"] ?? .null, "labels": proxy[path: "metadata", "labels"] ?? .null,
            "annotations": proxy[path: "metadata", "annotations"] ?? .null,
        ]
    }

    private static func weights(_ proxy: JSONValue?) -> [Int] {
        (proxy?[path: "spec", "routes"]?[1]?["services"]?.array ?? []).compactMap { $0["weight"]?.int }
    }

    @Test func stayThroughARolloutAndItsEnd() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.cluster.modify(.httpProxies, test) { $0 = Self.extended($0) }
        let before = Self.unweighted(stage.cluster.object(.httpProxies, test))
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life) { Self.weights($0.cluster.object(.httpProxies, test)).last ?? 0 > 0 }
        #expect(Self.unweighted(stage.cluster.object(.httpProxies, test)) == before)
        try await stage.run(life, until: .succeeded)
        #expect(Self.unweighted(stage.cluster.object(.httpProxies, test)) == before)
        #expect(Self.weights(stage.cluster.object(.httpProxies, test)) == [100, 0])
    }

    @Test func stayWhenWeightsAreSetRight() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.httpProxies, test) { proxy in
            proxy = Self.extended(proxy)
            guard var route = proxy[path: "spec", "routes"]?[1] else { return }
            var services = route["services"]?.array ?? []
            services[0]["weight"] = 10
            services[1]["weight"] = 90
            route["services"] = .array(services)
            proxy[path: "spec", "routes"] = [proxy[path: "spec", "routes"]?[0] ?? .null, route]
        }
        let before = Self.unweighted(stage.cluster.object(.httpProxies, test))
        stage.clock.advance(by: .seconds(20))
        await stage.round(stage.life())
        #expect(Self.weights(stage.cluster.object(.httpProxies, test)) == [75, 25])
        #expect(Self.unweighted(stage.cluster.object(.httpProxies, test)) == before)
    }
}
