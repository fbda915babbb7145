import JSON
import Kubernetes
import TestSupport
import Testing

/// A rule's mode, set by a label of the namespace.
extension KubectlAdmissionTests {
    @Test func warnsWhereTheNamespaceWantsNoMore() async throws {
        let cluster = try await clusterWithNamespace()
        var canary = try example("canary")
        canary[path: "spec", "analysis", "stepWeight"] = 60
        let finding = "spec.analysis.stepWeight: more than maxWeight (50)"
        let refused = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("[canary/step-weight-above-max]"), "\(refused.errors)")
        let label = Patch.merge([
            "metadata": ["labels": ["rules.canarygate.dev/canary.step-weight-above-max": "warn"]]
        ])
        _ = try await cluster.api.patch(
            .namespaces,
            ObjectKey(namespace: nil, name: namespace),
            label,
            subresource: nil
        )
        // The server sees the label a moment later than we do.
        for _ in 0..<100 {
            let outcome = try await cluster.kubectl("apply", "-f", "-", input: canary.text)
            guard outcome.code == 0 else { continue }
            #expect(outcome.output == "canary.flagger.app/podinfo created\n")
            #expect(outcome.errors.contains("Warning: \(finding)"), "\(outcome.errors)")
            return
        }
        Issue.record("the label has no effect")
    }
}
