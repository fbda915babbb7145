import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// The server as its operators see it: probes, metrics, log, and how it stops.
@Suite(.timeLimit(.minutes(1))) struct ServeTests {
    @Test func countsWhatItRefuses() async throws {
        try await TestCluster.run { cluster in
            #expect(await cluster.probe("/healthz")?.text == "ok\n")
            var canary = try RepositoryFiles.documents("manifests/examples/wrong/max-weight.yaml")[0]
            canary[path: "metadata", "namespace"] = "default"
            let refused = await failure { () async throws(KubernetesError) in
                try await cluster.api.create(.canaries, canary, namespace: "default")
            }
            #expect(refused?.code == 422)
            let metrics = try #require(await cluster.probe("/metrics")).text
            let counted = [
                """
                canarygate_admission_reviews_total{path="/mutate/canaries",operation="CREATE",allowed="false"} 1
                """,
                """
                canarygate_admission_findings_total{kind="Canary",operation="CREATE",\
                rule="canary/max-weight-above-100",outcome="deny"} 1
                """,
                """
                canarygate_admission_duration_seconds_count{path="/mutate/canaries"} 1
                """,
            ]
            for line in counted { #expect(metrics.contains(line), "\(metrics)") }
        }
    }

    @Test func leadsAndHandsTheLeaseOverWhenAsked() async throws {
        let lease = ObjectKey(namespace: "canarygate-system", name: "canarygate")
        try await TestCluster.run { cluster in
            #expect(cluster.terminateServer() == 0)
            try await cluster.startServer(isElecting: true)
            while await cluster.probe("/metrics")?.text.contains("canarygate_leader 1\n") != true {
                try await SystemClock().sleep(for: .milliseconds(50))
            }
            let held = try await cluster.api.get(.leases, lease)[path: "spec", "holderIdentity"]?.string ?? ""
            #expect(!held.isEmpty)
            #expect(cluster.terminateServer() == 0)
            #expect(try await cluster.api.get(.leases, lease)[path: "spec", "holderIdentity"] == "")
            let log = try cluster.serverLog
            #expect(log.contains("leading") && log.contains("api server"), "\(log)")
        }
    }

    @Test func stopsInOrderWhenAsked() async throws {
        try await TestCluster.run { cluster in
            #expect(cluster.terminateServer() == 0)
            let log = try cluster.serverLog
            #expect(!log.contains(" error "), "\(log)")
            #expect(await cluster.probe("/healthz") == nil)
        }
    }
}
