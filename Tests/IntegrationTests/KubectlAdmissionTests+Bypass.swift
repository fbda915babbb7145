import JSON
import Kubernetes
import TestSupport
import Testing

/// Ways round the gate, tried as an administrator.
extension KubectlAdmissionTests {
    /// A Canary in the midst of a run, suspended so that the loop has no part in what follows.
    private func makeRun(in cluster: TestCluster) async throws {
        var canary = try example("canary")
        canary[path: "spec", "suspend"] = true
        canary[path: "metadata", "annotations"] = ["canarygate.dev/break-glass": "a status by hand"]
        _ = try await cluster.api.create(.canaries, canary, namespace: namespace)
        let key = ObjectKey(namespace: namespace, name: "podinfo")
        let status: JSONValue = [
            "status": ["phase": "Progressing", "canaryWeight": 30, "lastPromotedSpec": "0123456789"]
        ]
        _ = try await cluster.api.patch(.canaries, key, .merge(status), subresource: "status")
        let glass = Patch.merge(["metadata": ["annotations": ["canarygate.dev/break-glass": .null]]])
        _ = try await cluster.api.patch(.canaries, key, glass, subresource: nil)
    }

    @Test func refusesAStatusByHand() async throws {
        let cluster = try await clusterWithNamespace()
        try await makeRun(in: cluster)
        let forged: JSONValue = ["status": ["phase": "Promoting"]]
        let key = ObjectKey(namespace: namespace, name: "podinfo")
        let error = await failure { () async throws(KubernetesError) in
            try await cluster.api.patch(.canaries, key, .merge(forged), subresource: "status")
        }
        #expect(error?.code == 403, "\(String(describing: error))")
    }

    @Test func givesNoPodsToATargetThatIsMadeAnew() async throws {
        let cluster = try await clusterWithNamespace()
        try await makeRun(in: cluster)
        // The server sees the Canary a moment later than we do.
        for _ in 0..<100 {
            let deployment = try example("deployment").text
            let outcome = try await cluster.kubectl("replace", "--force", "-f", "-", "-o", "json", input: deployment)
            try #require(outcome.code == 0, "\(outcome.errors)")
            let made = try await cluster.api.get(.deployments, ObjectKey(namespace: namespace, name: "podinfo"))
            guard made.annotation("canarygate.dev/gate") != nil else { continue }
            #expect(made.annotation("canarygate.dev/gate") == "closed")
            #expect(made[path: "spec", "paused"] == true)
            #expect(outcome.errors.contains("canary podinfo is suspended"), "\(outcome.errors)")
            return
        }
        Issue.record("the gate does not know the Canary")
    }
}
