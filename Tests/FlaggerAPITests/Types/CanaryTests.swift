import FlaggerAPI
import JSON
import Platform
import Testing

@Suite struct CanaryTests {
    private static let minimal: JSONValue = [
        "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
        "metadata": ["name": "podinfo", "namespace": "test", "uid": "u1"],
        "spec": [
            "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"],
            "service": ["port": 80],
            "analysis": ["interval": "30s", "threshold": 5, "stepWeight": 5, "maxWeight": 50],
        ],
    ]

    @Test func readsAMinimalCanaryWithFlaggersDefaults() throws {
        let canary = try Canary(Self.minimal)
        #expect(canary.label == "podinfo.test")
        #expect(canary.primaryLabel == "podinfo-primary.test")
        #expect(canary.service.apexName == "podinfo")
        #expect(canary.service.canaryName == "podinfo-canary")
        #expect(canary.service.targetPort == 80)
        #expect(canary.service.portName == "http")
        #expect(canary.service.prefix == "/")
        #expect(canary.analysis.interval == .seconds(30))
        #expect(canary.analysis.strategy == .weights(.every(5, maximum: 50)))
        #expect(canary.analysis.primaryReadyThreshold == 100)
        #expect(canary.progressDeadline == .seconds(600))
        #expect(canary.status == CanaryStatus())
        #expect(canary.autoscaler == nil)
    }

    @Test(
        arguments: [
            ([:], "contour", .weights(.every(5, maximum: 50))),
            (["iterations": 3, "stepWeight": nil], "contour", .blueGreen(iterations: 3)),
            (["iterations": 3, "match": [["queryParams": ["a": ["exact": "b"]]]]], "contour", .matches(iterations: 3)),
            (["stepWeight": nil, "stepWeights": [1, 10]], "contour", .weights(.list([1, 10]))),
            ([:], "kubernetes", .blueGreen(iterations: 10)),
            (["iterations": 2, "match": "nonsense"], "kubernetes", .blueGreen(iterations: 2)),
        ] as [([String: JSONValue?], String, CanaryAnalysis.Strategy)]
    )
    func choosesTheStrategy(
        analysis: [String: JSONValue?],
        provider: String,
        strategy: CanaryAnalysis.Strategy
    ) throws {
        var object = Self.minimal
        object[path: "spec", "provider"] = .string(provider)
        for (name, value) in analysis { object[path: "spec", "analysis", name] = value }
        #expect(try Canary(object).analysis.strategy == strategy)
    }

    @Test func readsHowTheTrafficGoesBackAndWhereItWaits() throws {
        var object = Self.minimal
        object[path: "spec", "analysis", "stepWeightsPromotion"] = [50, 90]
        object[path: "spec", "analysis", "pauses"] = [["atWeight": 20, "for": "10m"], ["atIteration": 3]]
        object[path: "spec", "analysis", "mirror"] = true
        object[path: "spec", "analysis", "mirrorWeight"] = 0
        let analysis = try Canary(object).analysis
        #expect([100, 50, 10, 5].map(analysis.promotion.next) == [50, 10, 0, 0])
        #expect(analysis.pauses.map(\.place) == [.weight(20), .iteration(3)])
        #expect(analysis.pauses.map(\.duration) == [.seconds(600), nil])
        #expect(analysis.mirrors)
        #expect(analysis.mirrorWeight == 100)
    }

    @Test func readsMetricsAndHooks() throws {
        var object = Self.minimal
        object["spec"]?["analysis"]?["metrics"] = [
            ["name": "request-success-rate", "threshold": 99, "interval": "1m"],
            ["name": "request-duration", "thresholdRange": ["max": 500]],
            ["name": "queue", "query": "sum(queue)", "thresholdRange": ["min": 1, "max": 2.5]],
            ["name": "other", "templateRef": ["name": "latency"]],
        ]
        object["spec"]?["analysis"]?["webhooks"] = [
            ["name": "test", "type": "pre-rollout", "url": "http://t/", "timeout": "30s"],
            ["name": "load", "url": "http://t/", "metadata": ["cmd": "hey"]],
        ]
        let analysis = try Canary(object).analysis
        #expect(
            analysis.metrics.map(\.source) == [
                .successRate, .duration, .query("sum(queue)"), .template(namespace: "test", name: "latency"),
            ]
        )
        #expect(analysis.metrics.map(\.minimum) == [99, nil, 1, nil])
        #expect(analysis.metrics.map(\.maximum) == [nil, 500, 2.5, 0])
        #expect(analysis.hooks(.preRollout).map(\.timeout) == [.seconds(30)])
        #expect(analysis.hooks(.rollout).map(\.timeout) == [.seconds(10)])
        #expect(analysis.hooks(.rollout).first?.metadata["cmd"] == "hey")
    }

    @Test(
        arguments: [
            (
                ["spec", "targetRef", "kind"], "StatefulSet",
                #"parse spec.targetRef.kind: "StatefulSet", expected Deployment or DaemonSet or Service"#
            ),
            (["spec", "targetRef", "name"], nil, "parse spec.targetRef.name: missing, expected a name"),
            (["spec", "service", "port"], 70_000, "parse spec.service.port: 70000, expected 1...65535"),
            (["spec", "analysis"], nil, "parse spec.analysis: missing, expected an object"),
            (["spec", "analysis", "stepWeight"], 101, "parse spec.analysis.stepWeight: 101, expected 0...100"),
            (
                ["spec", "analysis", "stepWeight"], nil,
                "parse spec.analysis.stepWeight: missing, expected 1...100, stepWeights or iterations"
            ),
            (["spec", "analysis", "maxWeight"], 150, "parse spec.analysis.maxWeight: 150, expected 0...100"),
            (
                ["spec", "analysis", "interval"], "soon",
                #"parse spec.analysis.interval: "soon", expected a duration such as 30s or 1m"#
            ),
            (
                ["spec", "analysis", "match"], [["headers": ["a": ["exact": "b"]]]],
                "parse spec.analysis.iterations: missing, expected 1 or more, as match makes it an A/B test"
            ),
            (
                ["spec", "analysis", "stepWeightsPromotion"], [50, 40],
                "parse spec.analysis.stepWeightsPromotion[1]: 40, expected 1...100, each more than the one before"
            ),
            (
                ["spec", "analysis", "pauses"], [["for": "1m"]],
                "parse spec.analysis.pauses[0]: object, expected atWeight or atIteration"
            ),
            (
                ["spec", "analysis", "webhooks"], [["name": "a", "url": "b", "type": "before"]],
                #"parse spec.analysis.webhooks[0].type: "before", expected confirm-rollout, pre-rollout, rollout, "#
                    + "confirm-traffic-increase, confirm-promotion, post-rollout, rollback, event"
            ),
            (
                ["status", "phase"], "Paused",
                #"parse status.phase: "Paused", expected Initializing, Initialized, Waiting, Progressing, WaitingPromotion, "#
                    + "Promoting, Finalising, Succeeded, Failed, Terminating, Terminated"
            ),
            (["status", "canaryWeight"], "5", #"parse status.canaryWeight: "5", expected 0...100"#),
        ] as [([String], JSONValue?, String)]
    )
    func namesTheFieldThatIsWrong(path: [String], value: JSONValue?, message: String) {
        var object = Self.minimal
        object = Self.set(object, path[...], value)
        let error = #expect(throws: CanaryParseError.self) { try Canary(object) }
        #expect(error?.description == message)
    }

    @Test func readsBackTheStatusItWrites() throws {
        var status = CanaryStatus()
        let now = Timestamp(seconds: 1_795_579_200)
        status.enter(.progressing, kind: "Deployment", at: now)
        status.canaryWeight = 10
        status.failedChecks = 2
        status.lastAppliedSpec = "0123456789"
        status.lastPromotedSpec = "abcdef0123"
        status.lastCheckTime = now
        status.checks = [
            CheckRecord(
                subject: .metric,
                kind: "metric",
                name: "request-success-rate",
                asked: "over 1m",
                answered: "95.00%",
                bound: ">= 99%",
                outcome: .failed,
                follows: .failedCheck,
                weight: 10,
                time: now
            )
        ]
        status.otherConditions = [["type": "Other", "status": "True"]]
        var object = Self.minimal
        object["status"] = status.json
        #expect(try Canary(object).status == status)
        #expect(
            status.checks[0].summary
                == "metric request-success-rate: 95.00%, bound >= 99%: Failed, FailedCheck"
        )
    }

    @Test func keepsTheConditionsTransitionWhileItsStatusStays() {
        let start = Timestamp(seconds: 100)
        var status = CanaryStatus()
        status.enter(.progressing, kind: "Deployment", at: start)
        status.enter(.promoting, kind: "Deployment", at: start + .seconds(9))
        #expect(status.promoted?.lastTransitionTime == start)
        #expect(status.promoted?.lastUpdateTime == start + .seconds(9))
        #expect(status.promoted?.message == "Canary analysis completed, starting primary rolling update.")
        status.enter(.succeeded, kind: "Deployment", at: start + .seconds(20))
        #expect(status.promoted?.status == "True")
        #expect(status.promoted?.lastTransitionTime == start + .seconds(20))
    }

    private static func set(_ object: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue?) -> JSONValue {
        guard let key = path.first else { return value ?? .null }
        var object = object
        object[key] = path.count == 1 ? value : set(object[key] ?? .object(JSONObject()), path.dropFirst(), value)
        return object
    }
}
