import Foundation
import JSON
import Kubernetes
import TestSupport
import Testing

/// What stock kubectl shows of the webhooks, on the sandbox or a real API server.
@Suite(.cluster, .enabled(if: Kubectl.program != nil, "kubectl is not installed"), .timeLimit(.minutes(2)))
struct KubectlAdmissionTests {
    let namespace = "gate-\(UUID().uuidString.prefix(8).lowercased())"

    /// The suite's cluster with this test's namespace in it.
    func clusterWithNamespace() async throws -> TestCluster {
        let cluster = try #require(TestCluster.current)
        try await cluster.makeNamespace(namespace)
        return cluster
    }

    /// An example in this test's namespace.
    func example(_ path: String) throws -> JSONValue {
        var object = try #require(try RepositoryFiles.documents("manifests/examples/\(path).yaml").first)
        object[path: "metadata", "namespace"] = .string(namespace)
        return object
    }

    private static let findings: [String: [String]] = [
        "renamed-analysis": [
            """
            spec.canaryAnalysis: Invalid value: {...}: was renamed to spec.analysis and is not read here, so no revision \
            would ever be judged; move it to spec.analysis [canary/renamed-analysis]
            """
        ],
        "max-weight": [
            """
            spec.analysis.stepWeight: Invalid value: 0: the revision would get no traffic and wait for ever; write a \
            stepWeight of 1 to 100 [canary/step-weight-below-1]
            """,
            """
            spec.analysis.maxWeight: Invalid value: 150: more than all of the traffic (100), which no step can reach; \
            write a maxWeight of 1 to 100 [canary/max-weight-above-100]
            """,
        ],
        "misspelt-threshold": [
            """
            spec.analysis.treshold: Invalid value: 5: unknown field; did you mean "threshold"? [canary/unknown-field]
            """,
            """
            spec.analysis.metrics[0].treshold: Invalid value: 99: unknown field; did you mean "threshold"? \
            [canary/unknown-field]
            """,
        ],
    ]

    /// What the examples are warned of, whatever they are refused for, where nothing but them is there.
    private static let warnings = """
        Warning: spec.service.retries.retryOn: the default, 5xx, hides faults; write connect-failure \
        [canary/retry-on-missing]
        Warning: spec.targetRef.name: no such Deployment yet; apply it too [canary/target-missing]
        Warning: spec.autoscalerRef.name: no such HorizontalPodAutoscaler yet; apply it too [canary/autoscaler-missing]

        """

    @Test(arguments: ["renamed-analysis", "max-weight", "misspelt-threshold"], ["create", "apply"])
    func refusesAWrongCanaryWithEveryFault(name: String, verb: String) async throws {
        let cluster = try await clusterWithNamespace()
        let outcome = try await cluster.kubectl(verb, "-f", "-", input: example("wrong/\(name)").text)
        let findings = try #require(Self.findings[name])
        let list =
            findings.count == 1 ? findings[0] + "\n" : "\n" + findings.map { "* \($0)\n" }.joined()
        #expect(outcome.code == 1)
        #expect(outcome.errors == Self.warnings + "The Canary \"podinfo\" is invalid: \(list)")
        #expect(outcome.output == "")
    }

    @Test func refusesAChangeForTheWorseToo() async throws {
        let cluster = try await clusterWithNamespace()
        _ = try await cluster.kubectl("apply", "-f", "-", input: example("canary").text)
        let patch = "{\"spec\":{\"analysis\":{\"maxWeight\":150}}}"
        let outcome = try await cluster.kubectl(
            "-n",
            namespace,
            "patch",
            "canary",
            "podinfo",
            "--type=merge",
            "-p",
            patch
        )
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("spec.analysis.maxWeight: Invalid value: 150: more than all of the traffic"))
    }

    @Test func takesTheSeedsCanaryWithAWarningAndLeavesItAlone() async throws {
        let cluster = try await clusterWithNamespace()
        let canary = try example("canary")
        let created = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(created.output == "canary.flagger.app/podinfo created\n")
        #expect(created.errors.contains("Warning: spec.service.retries.retryOn: the default, 5xx, hides faults"))
        let again = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(again.output == "canary.flagger.app/podinfo unchanged\n")
    }

    /// A managed Deployment: its Canary says that it is past its initialisation, and is suspended, so that the loop has
    /// no part in what follows.
    private func makeManagedDeployment(in cluster: TestCluster) async throws {
        var canary = try example("canary")
        canary[path: "spec", "suspend"] = true
        canary[path: "metadata", "annotations"] = ["canarygate.dev/break-glass": "a status by hand"]
        var target = try example("deployment")
        // The loop, which puts it on, has no part here.
        target[path: "metadata", "labels", "canarygate.dev/managed"] = "true"
        for object in [target, try example("autoscaler"), canary] {
            let outcome = try await cluster.kubectl("apply", "-f", "-", input: object.text)
            try #require(outcome.code == 0, "\(outcome.errors)")
        }
        let key = ObjectKey(namespace: namespace, name: "podinfo")
        let status: JSONValue = ["status": ["phase": "Initialized", "lastPromotedSpec": "0123456789"]]
        _ = try await cluster.api.patch(.canaries, key, .merge(status), subresource: "status")
        try await cluster.waitUntilGated(key)
    }

    @Test func stampsAndGatesANewImage() async throws {
        let cluster = try await clusterWithNamespace()
        try await makeManagedDeployment(in: cluster)
        let outcome = try await cluster.kubectl(
            "-n",
            namespace,
            "set",
            "image",
            "deployment/podinfo",
            "podinfod=stefanprodan/podinfo:3.1.1",
            "-o",
            "json"
        )
        let answer = try JSONValue(parsing: outcome.output)
        #expect(answer[path: "spec", "paused"] == true)
        #expect(answer.annotation("canarygate.dev/gate") == "closed")
        #expect(answer.annotation("canarygate.dev/change") == "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1")
        #expect(answer.annotation("canarygate.dev/revision")?.hasPrefix("2-") == true)
        #expect(answer.annotation("canarygate.dev/requested-by")?.isEmpty == false)
    }

    @Test func refusesToScaleATargetAndSaysWhatToDo() async throws {
        let cluster = try await clusterWithNamespace()
        try await makeManagedDeployment(in: cluster)
        let outcome = try await cluster.kubectl("-n", namespace, "scale", "deployment/podinfo", "--replicas=5")
        #expect(outcome.code == 1)
        #expect(
            outcome.errors.contains(
                """
                canary podinfo scales deployment podinfo, live traffic is on podinfo-primary: change hpa/podinfo \
                instead, for example with: kubectl -n \(namespace) edit hpa/podinfo
                """
            ),
            "\(outcome.errors)"
        )
    }
}
