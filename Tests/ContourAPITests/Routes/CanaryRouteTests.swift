import ContourAPI
import FlaggerAPI
import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct CanaryRouteTests {
    @Test func makesAChildProxyWithBothWeightsWrittenOut() throws {
        let canary = try RouteScene.canary(
            [:],
            service: [
                "timeout": "15s", "retries": ["attempts": 3, "perTryTimeout": "5s", "retryOn": "5xx, reset"],
                "apex": ["labels": ["team": "a"]],
            ]
        )
        let expected: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": [
                "name": "shop", "namespace": "web", "labels": ["team": "a"],
                "annotations": [
                    "kustomize.toolkit.fluxcd.io/reconcile": "disabled",
                    "helm.toolkit.fluxcd.io/driftDetection": "disabled",
                ],
                "ownerReferences": [
                    [
                        "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "shop", "uid": "u1",
                        "controller": true, "blockOwnerDeletion": true,
                    ]
                ],
            ],
            "spec": [
                "ingressClassName": "contour",
                "routes": [
                    [
                        "conditions": [["prefix": "/"]],
                        "timeoutPolicy": ["response": "15s", "idle": "5m"],
                        "retryPolicy": ["count": 3, "perTryTimeout": "5s", "retryOn": ["5xx", "reset"]],
                        "services": [
                            ["name": "shop-primary", "port": 80, "weight": 100],
                            ["name": "shop-canary", "port": 80, "weight": 0],
                        ],
                    ]
                ],
            ],
        ]
        #expect(CanaryRoute.proxy(for: canary, ingressClass: "contour") == expected)
    }

    private static func route(_ prefix: String, _ services: JSONValue...) -> JSONValue {
        ["conditions": [["prefix": .string(prefix)]], "services": .array(services)]
    }

    private static func entry(_ name: String, _ weight: Int? = nil) -> JSONValue {
        var entry: JSONValue = ["name": .string("shop-\(name)"), "port": 80]
        if let weight { entry["weight"] = .number(JSONNumber(weight)) }
        return entry
    }

    @Test func changesWeightsAloneGuardedByNamesAndVersion() throws {
        var scene = try RouteScene()
        scene.edit { routes in
            routes = [
                Self.route("/", Self.entry("canary", 10), Self.entry("primary", 90)),
                Self.route("/docs", ["name": "docs", "port": 80]),
                Self.route("/api", Self.entry("primary", 90), Self.entry("canary", 10)),
            ]
        }
        func at(_ route: String, _ service: String, _ field: String) -> JSONPointer {
            JSONPointer(["spec", "routes", route, "services", service, field])
        }
        #expect(
            try scene.set(Traffic(canary: 15)).operations == [
                .test(JSONPointer(["metadata", "resourceVersion"]), "1"),
                .test(at("0", "0", "name"), "shop-canary"), .test(at("0", "1", "name"), "shop-primary"),
                .add(at("0", "0", "weight"), 15), .add(at("0", "1", "weight"), 85),
                .test(at("2", "0", "name"), "shop-primary"), .test(at("2", "1", "name"), "shop-canary"),
                .add(at("2", "0", "weight"), 85), .add(at("2", "1", "weight"), 15),
            ]
        )
        #expect(scene.reading == CanaryRouteReading(Traffic(canary: 15), isComplete: true))
        #expect(try scene.set(Traffic(canary: 15)).isEmpty)
    }

    @Test func readsNothingOffRoutesThatDoDifferentThings() throws {
        let pairs: [[(Int?, Int?)]] = [[(90, 10), (100, nil)], [(9, 1)], [(nil, nil)], [(0, 0)], [(50, 60)]]
        for weights in pairs {
            var scene = try RouteScene()
            scene.edit { routes in
                routes = weights.enumerated().map { index, pair in
                    Self.route("/\(index)", Self.entry("primary", pair.0), Self.entry("canary", pair.1))
                }
            }
            #expect(scene.reading == CanaryRouteReading(nil, isComplete: true), "\(weights)")
            try scene.set(.home)
            #expect(scene.reading == CanaryRouteReading(.home, isComplete: true), "\(weights)")
        }
    }

    @Test func takesAMissingWeightForNone() throws {
        var scene = try RouteScene()
        scene.edit { $0 = [Self.route("/", Self.entry("primary", 100), Self.entry("canary"))] }
        #expect(scene.reading?.traffic == .home)
        scene.edit { $0 = [Self.route("/", Self.entry("primary"), Self.entry("canary", 100))] }
        #expect(scene.reading?.traffic == Traffic(canary: 100))
    }

    @Test func countsAServiceThatStandsThereTwiceOnce() throws {
        var scene = try RouteScene()
        scene.edit { routes in
            routes = [Self.route("/", Self.entry("primary", 50), Self.entry("canary", 50), Self.entry("canary", 50))]
        }
        #expect(scene.reading?.traffic == nil)
        try scene.set(Traffic(canary: 50))
        #expect(try scene.answer() == "primary 50 + canary 50")
    }

    @Test func isNoneWithoutARouteToBoth() throws {
        var scene = try RouteScene()
        for services in [[Self.entry("primary")], [Self.entry("primary"), Self.entry("canary", 5).mirrored]] {
            scene.edit { $0 = [["services": .array(services)]] }
            #expect(scene.reading == nil)
            #expect(try CanaryRoute.patch(scene.proxy, for: scene.canary, .home) == nil)
        }
    }
}

extension JSONValue {
    /// The entry as one that gets copies.
    var mirrored: JSONValue {
        var entry = self
        entry["mirror"] = true
        return entry
    }
}

@Suite struct ProxyVerdictTests {
    @Test(arguments: [
        ("True", "valid", 3, ProxyVerdict.valid),
        ("True", "valid", 2, ProxyVerdict.notYetSeen),
        ("False", "invalid", 3, ProxyVerdict.invalid("ServiceUnresolvedReference: no such service")),
        ("False", "orphaned", 4, ProxyVerdict.orphaned("ServiceUnresolvedReference: no such service")),
    ])
    func judgesTheCurrentGenerationOnly(status: String, current: String, observed: Int, verdict: ProxyVerdict) {
        let proxy: JSONValue = [
            "metadata": ["generation": 3],
            "status": [
                "currentStatus": .string(current), "description": "at least one error present, see Errors for details",
                "conditions": [
                    [
                        "type": "Valid", "status": .string(status), "observedGeneration": .number(JSONNumber(observed)),
                        "errors": [["reason": "ServiceUnresolvedReference", "message": "no such service"]],
                    ]
                ],
            ],
        ]
        #expect(ProxyVerdict(proxy) == verdict)
    }

    @Test func hasNotSeenWhatContourNeverLookedAt() {
        let status: JSONValue = ["currentStatus": "NotReconciled", "description": "Waiting for controller"]
        #expect(ProxyVerdict(["metadata": ["generation": 1], "status": status]) == .notYetSeen)
        #expect(ProxyVerdict(["metadata": ["generation": 1]]) == .notYetSeen)
    }
}
