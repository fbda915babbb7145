import JSON
import Testing

extension StrategyCase {
    /// Every strategy, and every kind of target.
    static let all = [
        weights, listedWeights, matches, mirrorFirst, sessions, blueGreen, blueGreenWithCopies, plainServices,
        daemonSet,
        service,
    ]

    private static let steps: JSONValue = ["stepWeight": 30, "maxWeight": 60]

    private static let weights = StrategyCase(
        namespace: "weights",
        analysis: steps,
        promoted: { stage in
            stage.expectWeights(0, 30, 60)
            stage.expectServed(good, by: "podinfo-canary")
        },
        failed: expectShare
    )

    private static let listedWeights = StrategyCase(
        namespace: "listed-weights",
        analysis: ["stepWeights": [10, 40], "stepWeightPromotion": 50],
        promoted: { stage in
            stage.expectWeights(0, 10, 40)
            // On the way back the promoted revision answers half of the requests by way of the primary.
            stage.expectServed(good, by: "podinfo-canary")
            stage.expectServed(good, by: "podinfo-primary")
        },
        failed: { stage in
            stage.expectWeights(0, 10, 0)
            expectShare(stage)
        }
    )

    private static let matches = StrategyCase(
        namespace: "matches",
        analysis: [
            "iterations": 2,
            "match": [
                ["headers": ["x-canary": ["exact": "insider"]]],
                ["headers": ["cookie": ["regex": "^(.*; )?canary=always(;.*)?$"]]],
            ],
        ],
        promoted: { stage in
            stage.expectServed(good, by: "podinfo-canary")
            // A tenth of the callers send the field, another tenth the cookie.
            let (new, old) = (stage.served(good, by: "podinfo-canary"), stage.served("3.1.0"))
            #expect(new * 2 < old, "\(new) of \(new + old)")
        },
        failed: expectShare
    )

    private static let mirrorFirst = StrategyCase(
        namespace: "mirror-first",
        analysis: ["stepWeight": 50, "maxWeight": 50, "mirror": true, "mirrorWeight": 50],
        promoted: { stage in
            stage.expectCopies(good)
            stage.expectServed(good, by: "podinfo-canary")
        },
        failed: expectCopiesAlone
    )

    private static let sessions = StrategyCase(
        namespace: "sessions",
        analysis: [
            "stepWeight": 30, "maxWeight": 60,
            "sessionAffinity": ["cookieName": "podinfo", "primaryCookieName": "podinfo-primary"],
        ],
        promoted: { stage in
            stage.expectServed(good, by: "podinfo-canary")
            // One route for each side's cookie, and one for callers without.
            #expect(stage.mostRoutes == 3)
            #expect(stage.routes.count == 1)
        },
        failed: { stage in
            expectShare(stage)
            #expect(stage.routes.count == 1)
        }
    )

    private static let blueGreen = StrategyCase(
        namespace: "blue-green",
        analysis: ["iterations": 2, "webhooks": acceptance],
        isMeasured: false,
        promoted: { stage in stage.expectServed(good, by: "podinfo-canary") },
        failed: expectNobody
    )

    private static let blueGreenWithCopies = StrategyCase(
        namespace: "blue-green-with-copies",
        analysis: ["iterations": 2, "mirror": true],
        promoted: { stage in
            stage.expectCopies(good)
            stage.expectServed(good, by: "podinfo-canary")
        },
        failed: expectCopiesAlone
    )

    private static let plainServices = StrategyCase(
        namespace: "plain-services",
        analysis: ["iterations": 2, "webhooks": load],
        provider: "kubernetes",
        promoted: { stage in
            stage.expectServed(good, by: "podinfo")
            #expect(stage.selector("podinfo") == "podinfo-primary")
        },
        failed: { stage in
            stage.expectServed(bad, by: "podinfo-canary")
            #expect(stage.served(bad, by: "podinfo") == 0)
            #expect(stage.selector("podinfo") == "podinfo-primary")
        }
    )

    private static let daemonSet = StrategyCase(
        namespace: "daemon-set",
        analysis: steps,
        kind: "DaemonSet",
        promoted: { stage in stage.expectServed(good, by: "podinfo-canary") },
        failed: expectShare
    )

    private static let service = StrategyCase(
        namespace: "service",
        analysis: steps,
        kind: "Service",
        promoted: { stage in
            stage.expectServed(good, by: "podinfo-canary")
            #expect(stage.selector("podinfo-primary") == "good")
        },
        failed: { stage in
            expectShare(stage)
            #expect(stage.selector("podinfo-primary") == "first")
        }
    )

    private static let acceptance: JSONValue = [
        [
            "name": "acceptance", "type": "rollout", "url": "http://flagger-loadtester.test/",
            "metadata": ["type": "bash", "cmd": "curl -s http://podinfo-canary/healthz"],
        ]
    ]
    private static let load: JSONValue = [
        [
            "name": "load", "type": "rollout", "url": "http://flagger-loadtester.test/",
            "metadata": ["cmd": "hey -z 1m -q 10 -c 2 http://podinfo-canary/"],
        ]
    ]

    /// Its share of the callers has met the bad revision.
    private static func expectShare(_ stage: StrategyStage) { stage.expectServed(bad, by: "podinfo-canary") }

    /// Nobody has met it.
    private static func expectNobody(_ stage: StrategyStage) {
        #expect(stage.served(bad) == 0, "\(stage.strategy.namespace)")
    }

    /// Nobody has met it, but it was tried with copies.
    private static func expectCopiesAlone(_ stage: StrategyStage) {
        expectNobody(stage)
        stage.expectCopies(bad)
    }
}
