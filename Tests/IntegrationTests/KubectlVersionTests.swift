import Foundation
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Canaries of `v1alpha3` through stock kubectl, on the sandbox or a real API server.
@Suite(.cluster, .enabled(if: Kubectl.program != nil, "kubectl is not installed"), .timeLimit(.minutes(2)))
struct KubectlVersionTests {
    private static let deprecation = """
        Warning: flagger.app/v1alpha3 Canary is deprecated; write flagger.app/v1beta1, in which canaryAnalysis is called \
        analysis

        """
    private let namespace = "versions-\(UUID().uuidString.prefix(8).lowercased())"
    private var key: ObjectKey { ObjectKey(namespace: namespace, name: "podinfo") }

    private func clusterWithNamespace() async throws -> TestCluster {
        let cluster = try #require(TestCluster.current)
        try await cluster.makeNamespace(namespace)
        return cluster
    }

    /// The story's Canary as its author wrote it: of `v1alpha3`, with the analysis under the name that the controller
    /// of that day did not read.
    private func seed() throws -> JSONValue {
        var object = try #require(try RepositoryFiles.documents("manifests/examples/canary.yaml").first)
        object["apiVersion"] = "flagger.app/v1alpha3"
        object[path: "metadata", "namespace"] = .string(namespace)
        object[path: "spec", "autoscalerRef", "apiVersion"] = "autoscaling/v2beta1"
        return object
    }

    /// The same as it should have been.
    private func former() throws -> JSONValue {
        var object = try seed()
        object[path: "spec", "canaryAnalysis"] = object[path: "spec", "analysis"]
        object[path: "spec", "analysis"] = nil
        return object
    }

    private func read(_ version: String, _ cluster: TestCluster) async throws -> JSONValue {
        let outcome = try await cluster.kubectl(
            "-n",
            namespace,
            "get",
            "canaries.\(version).flagger.app",
            "podinfo",
            "-o",
            "json"
        )
        return try JSONValue(parsing: outcome.output)
    }

    @Test func storesTheFormerVersionInThatOfToday() async throws {
        let cluster = try await clusterWithNamespace()
        let outcome = try await cluster.kubectl("apply", "-f", "-", input: former().text)
        #expect(outcome.output == "canary.flagger.app/podinfo created\n", "\(outcome.errors)")
        let stored = try await cluster.api.get(.canaries, key)
        #expect(stored["apiVersion"] == "flagger.app/v1beta1")
        #expect(stored[path: "spec", "analysis", "threshold"] == 5)
        #expect(stored[path: "spec", "canaryAnalysis"] == nil)
        if let sandbox = cluster.sandbox {
            #expect(sandbox.objects.object(.canaries, key)?["apiVersion"] == "flagger.app/v1beta1")
        }
    }

    @Test func warnsOfTheVersionAndOfItsFields() async throws {
        let cluster = try await clusterWithNamespace()
        let errors = try await cluster.kubectl("apply", "-f", "-", input: former().text).errors
        #expect(errors.contains(Self.deprecation), "\(errors)")
        for text in [
            "Warning: spec.canaryAnalysis: the old name; write spec.analysis, in v1beta1 [canary/deprecated-field]\n",
            """
            Warning: spec.canaryAnalysis.metrics[0].threshold: deprecated; write thresholdRange: {min: 99} \
            [canary/deprecated-field]

            """,
        ] {
            #expect(errors.contains(text), "\(errors)")
        }
        let today = try #require(try RepositoryFiles.documents("manifests/examples/canary.yaml").first)
        var current = today
        current[path: "metadata", "namespace"] = .string(namespace)
        let second = try await cluster.kubectl("apply", "-f", "-", input: current.text).errors
        #expect(!second.contains("deprecated"), "\(second)")
    }

    @Test func readsBackWhatWasApplied() async throws {
        let cluster = try await clusterWithNamespace()
        let canary = try former()
        _ = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        let read = try await read("v1alpha3", cluster)
        #expect(read["apiVersion"] == "flagger.app/v1alpha3")
        // Defaults are added; nothing else is other than it was written.
        let written = try #require(canary["spec"])
        #expect(read["spec"]?.merging(written) == read["spec"])
        #expect(read[path: "spec", "analysis"] == nil)
        #expect(read.annotation("canarygate.dev/v1alpha3") == nil)
        let again = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(again.output == "canary.flagger.app/podinfo unchanged\n")
    }

    @Test func takesTheSeedsOwnCanaryForWhatItsAuthorMeant() async throws {
        let cluster = try await clusterWithNamespace()
        let outcome = try await cluster.kubectl("apply", "-f", "-", input: seed().text)
        #expect(outcome.output == "canary.flagger.app/podinfo created\n", "\(outcome.errors)")
        #expect(
            outcome.errors.contains(
                "Warning: spec.analysis: in v1alpha3 canaryAnalysis; write flagger.app/v1beta1 [canary/deprecated-field]\n"
            ),
            "\(outcome.errors)"
        )
        // With these the loop judges; without them it once rolled back at "threshold reached 0".
        let stored = try await cluster.api.get(.canaries, key)
        #expect(stored[path: "spec", "analysis", "threshold"] == 5)
        #expect(stored[path: "spec", "analysis", "stepWeight"] == 5)
        let again = try await cluster.kubectl("apply", "-f", "-", input: seed().text)
        #expect(again.output == "canary.flagger.app/podinfo unchanged\n")
    }

    @Test func refusesAnAnalysisUnderBothNamesAndSaysWhereItBelongs() async throws {
        let cluster = try await clusterWithNamespace()
        var canary = try former()
        canary[path: "spec", "analysis"] = ["interval": "1m", "threshold": 1, "stepWeight": 10]
        let outcome = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(outcome.code == 1)
        let text = """
            spec.canaryAnalysis: Invalid value: {...}: is not read beside analysis; remove it [canary/renamed-analysis]
            """
        #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }

    @Test func refusesTheSeedsMistakeInTheVersionOfToday() async throws {
        let cluster = try await clusterWithNamespace()
        var canary = try former()
        canary["apiVersion"] = "flagger.app/v1beta1"
        let outcome = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("move it to spec.analysis [canary/renamed-analysis]"), "\(outcome.errors)")
    }

    @Test func findsFaultsUnderTheNamesThatWereSent() async throws {
        let cluster = try await clusterWithNamespace()
        var canary = try former()
        canary[path: "spec", "canaryAnalysis", "maxWeight"] = 150
        canary[path: "spec", "canaryAnalysis", "treshold"] = 5
        canary[path: "spec", "metrics"] = []
        let outcome = try await cluster.kubectl("create", "-f", "-", input: canary.text)
        #expect(outcome.code == 1)
        for text in [
            "spec.canaryAnalysis.maxWeight: Invalid value: 150: more than all of the traffic (100)",
            "spec.canaryAnalysis.treshold: Invalid value: 5: unknown field",
            "spec.metrics: Invalid value: []: unknown field; \"metrics\" belongs under spec.analysis",
        ] {
            #expect(outcome.errors.contains(text), "\(outcome.errors)")
        }
    }

    @Test func changesAndListsInEitherVersion() async throws {
        let cluster = try await clusterWithNamespace()
        _ = try await cluster.kubectl("apply", "-f", "-", input: former().text)
        let patched = try await cluster.kubectl(
            "-n",
            namespace,
            "patch",
            "canaries.v1alpha3.flagger.app",
            "podinfo",
            "--type=merge",
            "-p",
            "{\"spec\":{\"canaryAnalysis\":{\"stepWeight\":10}}}"
        )
        #expect(patched.code == 0, "\(patched.errors)")
        let stored = try await cluster.api.get(.canaries, key)
        #expect(stored[path: "spec", "analysis", "stepWeight"] == 10)
        for version in ["v1alpha3", "v1beta1"] {
            let list = try await cluster.kubectl(
                "-n",
                namespace,
                "get",
                "canaries.\(version).flagger.app",
                "-o",
                "wide"
            )
            let line = list.output.split(separator: "\n").last.map(String.init) ?? ""
            #expect(line.contains("podinfo") && line.contains("30s"), "\(list.output)")
        }
        let versions = try await cluster.kubectl("api-versions").output
        #expect(versions.contains("flagger.app/v1beta1\n") && versions.contains("flagger.app/v1alpha3\n"))
    }
}
