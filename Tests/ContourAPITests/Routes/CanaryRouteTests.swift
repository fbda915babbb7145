import ContourAPI
import FlaggerAPI
import JSON
import Testing

@Suite struct CanaryRouteTests {
    private static func canary(_ service: JSONValue = ["port": 80]) throws -> Canary {
        try Canary([
            "metadata": ["name": "podinfo", "namespace": "test", "uid": "u1"],
            "spec": [
                "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"],
                "service": service,
                "analysis": ["interval": "30s", "threshold": 5, "stepWeight": 5],
            ],
        ])
    }

    @Test func makesAChildProxyWithBothWeightsWrittenOut() throws {
        let canary = try Self.canary([
            "port": 80, "timeout": "15s", "retries": ["attempts": 3, "perTryTimeout": "5s", "retryOn": "5xx, reset"],
            "apex": ["labels": ["team": "a"]],
        ])
        let expected: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": [
                "name": "podinfo", "namespace": "test", "labels": ["team": "a"],
                "annotations": [
                    "kustomize.toolkit.fluxcd.io/reconcile": "disabled",
                    "helm.toolkit.fluxcd.io/driftDetection": "disabled",
                ],
                "ownerReferences": [
                    [
                        "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "u1",
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
                            ["name": "podinfo-primary", "port": 80, "weight": 100],
                            ["name": "podinfo-canary", "port": 80, "weight": 0],
                        ],
                    ]
                ],
            ],
        ]
        #expect(CanaryRoute.proxy(for: canary, weight: 0, ingressClass: "contour") == expected)
    }

    @Test func readsWeightsOfEveryRouteToBothAndTakesAMissingOneForZero() throws {
        let canary = try Self.canary()
        #expect(
            CanaryRoute.weights(in: Self.proxy, of: canary.service) == [
                CanaryWeights(primary: 90, canary: 10), CanaryWeights(primary: 100, canary: 0),
            ]
        )
        #expect(CanaryRoute.weights(in: ["spec": ["routes": []]], of: canary.service).isEmpty)
    }

    @Test func changesTwoNumbersARouteGuardedByNamesAndVersion() throws {
        let canary = try Self.canary()
        let patch = CanaryRoute.weightPatch(Self.proxy, of: canary.service, canary: 15)
        func at(_ route: String, _ service: String, _ field: String) -> JSONPointer {
            JSONPointer(["spec", "routes", route, "services", service, field])
        }
        #expect(
            patch?.operations == [
                .test(JSONPointer(["metadata", "resourceVersion"]), "7"),
                .test(at("0", "1", "name"), "podinfo-primary"), .test(at("0", "0", "name"), "podinfo-canary"),
                .add(at("0", "1", "weight"), 85), .add(at("0", "0", "weight"), 15),
                .test(at("2", "0", "name"), "podinfo-primary"), .test(at("2", "2", "name"), "podinfo-canary"),
                .add(at("2", "0", "weight"), 85), .add(at("2", "2", "weight"), 15),
            ]
        )
        #expect(CanaryRoute.weightPatch(["spec": [:]], of: canary.service, canary: 15) == nil)
    }

    private static let proxy: JSONValue = [
        "metadata": ["name": "podinfo", "namespace": "test", "resourceVersion": "7"],
        "spec": [
            "routes": [
                [
                    "services": [
                        ["name": "podinfo-canary", "port": 80, "weight": 10],
                        ["name": "podinfo-primary", "port": 80, "weight": 90],
                    ]
                ],
                ["services": [["name": "docs", "port": 80]]],
                [
                    "services": [
                        ["name": "podinfo-primary", "port": 80, "weight": 100],
                        ["name": "podinfo-canary", "port": 80, "mirror": true, "weight": 25],
                        ["name": "podinfo-canary", "port": 80],
                    ]
                ],
            ]
        ],
    ]
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
