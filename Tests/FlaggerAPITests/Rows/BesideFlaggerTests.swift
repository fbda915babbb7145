import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What is said beside Flagger, in the cases that no page shows.
@Suite(.timeLimit(.minutes(1))) struct BesideFlaggerTests {
    private func findings(
        _ change: JSONValue,
        with objects: [JSONValue] = [],
        insteadOf stored: JSONValue? = nil
    ) -> [String] {
        let canary = ExampleCluster.good(.canary).merging(change)
        let before = stored.map { ExampleCluster.good(.canary).merging($0) }
        return Judge(isDriving: false)
            .judgement(of: canary, as: .canary, insteadOf: before, in: ExampleCluster.view(with: objects))
            .findings.map { "\($0.severity) \($0.text)" }
    }

    private func object(_ kind: String, _ name: String, _ spec: JSONValue) -> JSONValue {
        ["kind": .string(kind), "metadata": ["name": .string(name), "namespace": "test"], "spec": spec]
    }

    private func metric(_ change: JSONValue) -> JSONValue {
        let metric: JSONValue = [
            "name": "errors", "interval": "1m", "thresholdRange": ["max": 1], "templateRef": ["name": "errors"],
        ]
        return ["spec": ["analysis": ["metrics": [metric.merging(change)]]]]
    }

    @Test func takesTheGoodOne() { #expect(findings([:]) == []) }

    @Test func letsKnativeMakeItsOwnServices() {
        let target: JSONValue = ["apiVersion": "serving.knative.dev/v1", "kind": "Service", "name": "podinfo"]
        let found = findings(["spec": ["provider": "knative", "service": .null, "targetRef": target]])
        #expect(!found.contains { $0.contains("[canary/no-service]") }, "\(found)")
        #expect(findings(["spec": ["service": .null]]).contains { $0.contains("[canary/no-service]") })
    }

    /// Flagger may have been told of Istio by its flag, so that what Contour cannot do refuses nothing.
    @Test func takesACanaryWithAnotherRoutersFieldsForThatRouters() {
        let match: JSONValue = [["headers": ["cookie": ["regex": "^(.*?;)?(canary=always)(;.*)?$"]]]]
        let analysis: JSONValue = ["match": match, "iterations": 5, "stepWeight": .null, "maxWeight": .null]
        let plain: JSONValue = ["spec": ["provider": .null, "analysis": analysis]]
        #expect(findings(plain).contains { $0.contains("[canary/match-regex]") })
        let found = findings(plain.merging(["spec": ["service": ["gateways": ["public"]]]]))
        #expect(!found.contains { $0.hasPrefix("deny") }, "\(found)")
        #expect(found.contains { $0.contains("[canary/provider-missing]") })
        #expect(found.contains { $0.hasPrefix("warn spec.service.gateways: ") })
    }

    @Test func knowsTheNamespaceOfGloosUpstream() {
        let upstream: JSONValue = [
            "apiVersion": "gloo.solo.io/v1", "kind": "Upstream", "name": "podinfo", "namespace": "gloo-system",
        ]
        #expect(!findings(["spec": ["provider": "gloo", "upstreamRef": upstream]]).contains { $0.contains("unknown") })
    }

    @Test(arguments: [(60, false), (600, false), (601, true), (1_800, true)])
    func warnsOfADeadlineThatIsNeverReached(seconds: Int, isWarned: Bool) {
        let found = findings(["spec": ["progressDeadlineSeconds": .number(JSONNumber(seconds))]])
        let words = """
            warn spec.progressDeadlineSeconds: the Deployment's 600s end it first; write 600 [canary/deadline-differs]
            """
        #expect(found == (isWarned ? [words] : []))
    }

    @Test func saysHowAnUnknownMetricCanBeMeasured() {
        let metric: JSONValue = ["name": "http_requests_total", "interval": "1m", "thresholdRange": ["min": 1]]
        #expect(
            findings(["spec": ["analysis": ["metrics": [metric]]]]) == [
                """
                deny spec.analysis.metrics[0].name: no builtin metric, and nothing says how to measure it; write \
                request-success-rate or request-duration, or add a templateRef [canary/unknown-metric]
                """
            ]
        )
    }

    @Test(arguments: [
        ("graphite", "target=a", "1min", true), ("prometheus", "sum(a)", "1min", false),
        ("splunk", "data('a').publish()", "90", false), ("splunk", "data('a').publish()", "1m30s", true),
        ("prometheus", "sum(a)", "1.5m", false),
    ])
    func readsAWindowAsItsProviderDoes(type: String, query: String, interval: String, isRight: Bool) {
        let template = object(
            "MetricTemplate",
            "errors",
            ["provider": ["type": .string(type), "address": "http://a.test"], "query": .string(query)]
        )
        let found = findings(metric(["interval": .string(interval)]), with: [template])
        let windows = found.filter { $0.contains("[canary/template-window]") || $0.contains("duration]") }
        #expect(windows.count == (isRight ? 0 : 1), "\(found)")
    }

    @Test func takesASecretWithOneOfTheSetsOfKeys() {
        let template = object(
            "MetricTemplate",
            "errors",
            [
                "provider": ["type": "prometheus", "address": "http://a.test", "secretRef": ["name": "s"]],
                "query": "sum(a)",
            ]
        )
        var secret = object("Secret", "s", .null)
        secret["data"] = ["username": "", "password": ""]
        #expect(findings(metric([:]), with: [template, secret]) == [])
        secret["data"] = ["username": ""]
        #expect(
            findings(metric([:]), with: [template, secret]) == [
                """
                deny spec.analysis.metrics[0].templateRef.name: every check would fail: the Secret test/s has no token; \
                run: kubectl -n test patch secret s -p '{"stringData":{"token":"..."}}' [canary/template-secret]
                """
            ]
        )
    }

    @Test func asksVariablesOnlyWhereTheyAreNeeded() {
        let query = #"sum(a{x="{{ if index variables "pod" }}{{ variables.pod }}{{ end }}"})"#
        let template = object(
            "MetricTemplate",
            "errors",
            ["provider": ["type": "prometheus", "address": "http://a.test"], "query": .string(query)]
        )
        #expect(findings(metric([:]), with: [template]) == [])
    }

    @Test func takesAllOfOneNameForOneTarget() {
        let other: JSONValue = [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "metadata": ["name": "agent", "namespace": "test"],
            "spec": [
                "targetRef": ["kind": "DaemonSet", "name": "podinfo"], "service": ["name": "agent", "port": 80],
            ],
        ]
        #expect(findings([:], with: [other]).map { $0.hasSuffix("[canary/target-taken]") } == [true])
    }

    @Test func knowsWhichRoutersReadWhat() {
        let kubernetes: JSONValue = [
            "spec": [
                "provider": "kubernetes", "service": ["timeout": "15s", "hosts": ["a"]],
                "analysis": ["iterations": 10, "stepWeight": .null, "maxWeight": .null],
            ]
        ]
        #expect(
            findings(kubernetes) == [
                "warn spec.service.hosts: ignored by Flagger's router for Services; remove it [canary/ignored-by-provider]",
                """
                warn spec.service.timeout: ignored by Flagger's router for Services; remove it \
                [canary/ignored-by-provider]
                """,
            ]
        )
        let istio: JSONValue = [
            "spec": [
                "provider": "istio", "service": ["hosts": ["a"], "retries": ["attempts": 3, "retryOn": "any"]],
                "analysis": [
                    "mirror": true, "mirrorWeight": 50, "match": [["headers": ["a": ["regex": ".*"]]]],
                    "sessionAffinity": ["cookieName": "a"],
                ],
            ]
        ]
        #expect(findings(istio) == [])
    }

    @Test func aKnativeServiceGoesWithItsProvider() {
        let target: JSONValue = ["apiVersion": "serving.knative.dev/v1", "kind": "Service", "name": "podinfo"]
        let found = findings(["spec": ["targetRef": target]])
        #expect(found.map { $0.hasSuffix("write knative [canary/knative-pair]") } == [true], "\(found)")
        #expect(findings(["spec": ["targetRef": target, "provider": "knative"]]) == [])
    }

    @Test func warnsOfWordsThatHoldTheTargetsName() {
        let reference: JSONValue = ["apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "name": "podinfo"]
        func scaler(_ query: String) -> JSONValue {
            object(
                "ScaledObject",
                "podinfo",
                ["scaleTargetRef": ["name": "podinfo"], "triggers": [["metadata": ["query": .string(query)]]]]
            )
        }
        let change: JSONValue = ["spec": ["autoscalerRef": reference]]
        #expect(findings(change, with: [scaler(#"sum(requests{app="podinfo"})"#)]) == [])
        #expect(findings(change, with: [scaler(#"sum(requests{app="podinfo-canary"})"#)]) == [])
        #expect(
            findings(change, with: [scaler("sum(podinfo_requests)")]) == [
                """
                warn spec.autoscalerRef.name: podinfo is part of words in its queries; write primaryScalerQueries \
                [canary/scaler-queries]
                """
            ]
        )
        #expect(
            findings(change) == [
                "warn spec.autoscalerRef.name: no such ScaledObject yet; apply it too [canary/autoscaler-missing]"
            ]
        )
    }

    @Test func aRouteThatWasTakenOverIsNotWarnedOfForEver() {
        let proxy = object("HTTPProxy", "podinfo", ["routes": []])
        #expect(
            findings([:], with: [proxy]) == [
                """
                warn spec.service.name: HTTPProxy podinfo would be Flagger's; rename one of them [canary/route-taken]
                """
            ]
        )
        #expect(findings(["status": ["phase": "Succeeded"]], with: [proxy]) == [])
    }

    @Test func aServiceThatWasTakenOverIsNotWarnedOfForEver() {
        let service = object("Service", "podinfo", ["selector": ["app": "podinfo-primary"]])
        #expect(findings([:], with: [service]).map { $0.hasSuffix("[canary/service-adopted]") } == [true])
        #expect(findings(["status": ["phase": "Initialized"]], with: [service]) == [])
    }

    @Test(arguments: ["Initialized", "Succeeded", "Failed"]) func restingCanariesMayChangeTheirRoute(phase: String) {
        let stored: JSONValue = ["status": ["phase": .string(phase)]]
        #expect(findings(["spec": ["service": ["timeout": "20s"]]], insteadOf: stored) == [])
    }

    @Test func refusesASecretsCopyThatIsAnothers() throws {
        var target = try #require(ExampleCluster.neighbours.first)
        let secret: JSONValue = ["name": "token", "secret": ["secretName": "token"]]
        target[path: "spec", "template", "spec", "volumes"] = [secret]
        var token = object("Secret", "token", .null)
        token["type"] = "Opaque"
        #expect(findings([:], with: [target, token]) == [])
        #expect(
            findings([:], with: [target, token, object("Secret", "token-primary", .null)]) == [
                """
                deny spec.targetRef.name: the Secret token-primary is not this Canary's, and Flagger would write over \
                it; rename it [canary/primary-taken]
                """
            ]
        )
    }
}
