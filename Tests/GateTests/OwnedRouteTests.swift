import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct OwnedRouteTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func proxy(primary: Int, canary: Int) -> JSONValue {
        [
            "kind": "HTTPProxy",
            "metadata": [
                "name": "podinfo", "namespace": "test",
                "ownerReferences": [
                    [
                        "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                        "controller": true,
                    ]
                ],
            ],
            "spec": [
                "routes": [
                    [
                        "conditions": [["prefix": "/"]],
                        "services": [
                            ["name": "podinfo-primary", "port": 80, "weight": .number(JSONNumber(primary))],
                            ["name": "podinfo-canary", "port": 80, "weight": .number(JSONNumber(canary))],
                        ],
                    ]
                ]
            ],
        ]
    }

    private func verdict(to sent: JSONValue) throws -> Verdict {
        let call = try request(.update, .httpProxies, from: proxy(primary: 100, canary: 0), to: sent)
        return guardian.verdict(on: call, in: view(canary()), now: now)
    }

    @Test func refusesWeightsByHand() throws {
        #expect(
            try verdict(to: proxy(primary: 0, canary: 100))
                == Verdict(
                    forbidden:
                        "httpproxy/podinfo: weights belong to the rollout of canary test/podinfo; header "
                        + "policies, timeouts, other routes and all else are yours; instead run: kubectl -n test patch canary/podinfo --type=merge -p "
                        + "'{\"spec\":{\"skipAnalysis\":true}}' (promotes at once) or kubectl -n test rollout undo "
                        + "deployment/podinfo (goes back; while it is paused, apply the promoted manifest); or, to do it by hand all the same: kubectl -n test annotate "
                        + "httpproxy/podinfo canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func refusesAnotherRouteToTheCanary() throws {
        var sent = proxy(primary: 100, canary: 0)
        let routes = sent[path: "spec", "routes"]?.array ?? []
        let extra: JSONValue = [
            "conditions": [["prefix": "/beta"]], "services": [["name": "podinfo-canary", "port": 80]],
        ]
        sent[path: "spec", "routes"] = .array(routes + [extra])
        #expect(try !verdict(to: sent).isAllowed)
    }

    @Test func refusesATCPProxyToTheCanary() throws {
        var sent = proxy(primary: 100, canary: 0)
        sent[path: "spec", "tcpproxy"] = ["services": [["name": "podinfo-canary", "port": 80]]]
        #expect(try !verdict(to: sent).isAllowed)
    }

    @Test func refusesARouteToTheServiceInFront() throws {
        try expectRefusal("the services of its route belong") { spec in
            spec.append(["conditions": [["prefix": "/beta"]], "services": [["name": "podinfo", "port": 80]]])
        }
    }

    @Test func refusesOtherConditions() throws {
        try expectRefusal("the conditions of its route belong") { $0[0]["conditions"] = [["prefix": "/app"]] }
        try expectRefusal("the conditions of its route belong") {
            $0[0]["conditions"] = [["prefix": "/"], ["header": ["name": "x", "present": true]]]
        }
    }

    @Test func refusesToTakeTheRouteAway() throws {
        try expectRefusal("the services of its route belong") { $0 = [] }
        try expectRefusal("the services of its route belong") { $0[0]["services"] = [["name": "docs", "port": 80]] }
    }

    /// Of two routes with the same conditions Contour goes by the last.
    @Test func refusesARouteThatTakesItsRequests() throws {
        try expectRefusal("requests that another route of the same conditions would take belong") {
            $0.append(["services": [["name": "docs", "port": 80]]])
        }
    }

    @Test func letsARouteOfTheSameConditionsStandBefore() throws {
        let sent = edited { $0.insert(["services": [["name": "docs", "port": 80]]], at: 0) }
        #expect(try verdict(to: sent) == .allowed)
    }

    @Test func refusesAnotherIngressClass() throws {
        var sent = proxy(primary: 100, canary: 0)
        sent[path: "spec", "ingressClassName"] = "other"
        #expect(try verdict(to: sent).forbidden?.contains("the ingress class belongs to the rollout") == true)
        sent = proxy(primary: 100, canary: 0)
        sent[path: "metadata", "annotations", "kubernetes.io/ingress.class"] = "other"
        #expect(try verdict(to: sent).forbidden?.contains("the ingress class belongs to the rollout") == true)
    }

    static let additions: [(String, JSONValue)] = [
        ("requestHeadersPolicy", ["set": [["name": "x-from", "value": "a"]]]),
        ("rateLimitPolicy", ["local": ["requests": 10, "unit": "second"]]), ("enableWebsockets", true),
        ("healthCheckPolicy", ["path": "/healthz"]), ("loadBalancerPolicy", ["strategy": "Random"]),
        ("timeoutPolicy", ["response": "30s"]), ("retryPolicy", ["count": 2]),
        ("pathRewritePolicy", ["replacePrefix": [["replacement": "/v1"]]]),
    ]

    @Test(arguments: additions) func letsAPolicyBeAdded(name: String, policy: JSONValue) throws {
        #expect(try verdict(to: edited { $0[0][name] = policy }) == .allowed)
    }

    @Test func letsPoliciesOfAServiceBeAdded() throws {
        let sent = edited { routes in
            var services = routes[0]["services"]?.array ?? []
            services[1]["responseHeadersPolicy"] = ["set": [["name": "x-served-by", "value": "canary"]]]
            routes[0]["services"] = .array(services)
        }
        #expect(try verdict(to: sent) == .allowed)
    }

    @Test func letsAHostBeAdded() throws {
        var sent = proxy(primary: 100, canary: 0)
        sent[path: "spec", "virtualhost"] = ["fqdn": "app.example.com", "corsPolicy": ["allowOrigin": ["*"]]]
        sent[path: "spec", "includes"] = [["name": "docs", "conditions": [["prefix": "/docs"]]]]
        #expect(try verdict(to: sent) == .allowed)
    }

    private func edited(_ change: (inout [JSONValue]) -> Void) -> JSONValue {
        var proxy = proxy(primary: 100, canary: 0)
        var routes = proxy[path: "spec", "routes"]?.array ?? []
        change(&routes)
        proxy[path: "spec", "routes"] = .array(routes)
        return proxy
    }

    private func expectRefusal(_ reason: String, of change: (inout [JSONValue]) -> Void) throws {
        let forbidden = try verdict(to: edited(change)).forbidden ?? ""
        #expect(forbidden.hasPrefix("httpproxy/podinfo: \(reason) to the rollout of canary test/podinfo; "))
    }

    @Test func letsTheTeamsOwnEditsThrough() throws {
        var sent = proxy(primary: 100, canary: 0)
        var route = sent[path: "spec", "routes"]?[0] ?? .null
        route["timeoutPolicy"] = ["response": "30s"]
        let own: JSONValue = ["conditions": [["prefix": "/docs"]], "services": [["name": "docs", "port": 80]]]
        sent[path: "spec", "routes"] = [own, route]
        #expect(try verdict(to: sent) == .allowed)
    }
}
