import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// The whole path on the sandbox, with the server as a process that is killed; a real API server has no pods that get
/// ready and no traffic to measure.
@Suite(.enabled(if: !TestCluster.isReal), .timeLimit(.minutes(3)))
struct StoryTests {
    private static let images = [
        "stefanprodan/podinfo:3.1.1=0.1%,110ms", "stefanprodan/podinfo:3.1.2=5%,120ms",
        "stefanprodan/podinfo:3.1.4=never",
    ]

    @Test func promotesAGoodImageAndRollsABadOneBack() async throws {
        try await TestCluster.run(Self.images) { cluster in
            let story = try Story(cluster)
            try await story.initialise()
            #expect(story.replicas("podinfo") == 0)
            #expect(story.replicas("podinfo-primary") == 2)
            #expect(story.weights == [100, 0])

            try await story.setImage("3.1.1")
            let weights = try await story.follow(until: "Succeeded")
            #expect(weights == [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 0])
            #expect(story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.1")
            #expect(story.weights == [100, 0])
            #expect(story.replicas("podinfo") == 0)

            try await story.setImage("3.1.2")
            try await story.follow(until: "Failed")
            #expect(story.canary[path: "status", "failedChecks"] == 5)
            #expect(story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.1")
            #expect(story.weights == [100, 0])
            #expect(story.replicas("podinfo") == 0)
            let metrics = await cluster.probe("/metrics")?.text ?? ""
            #expect(metrics.contains("canarygate_canary_transitions_total{phase=\"Succeeded\"} 1\n"), "\(metrics)")
            let reasons = (story.canary[path: "status", "checks"]?.array ?? []).filter { $0["follows"] == "RollBack" }
            #expect(reasons.map { $0["name"] } == ["request-success-rate"])
            // The role in manifests/base was enough for all of it.
            let log = try cluster.serverLog
            #expect(!log.contains("forbidden"), "\(log)")
        }
    }

    @Test func goesOnAfterTheServerWasKilled() async throws {
        try await TestCluster.run(Self.images) { cluster in
            let story = try Story(cluster)
            try await story.initialise()
            try await story.setImage("3.1.1")
            for weight in [5, 25, 45] {
                try await story.follow(untilWeight: weight)
                cluster.killServer()
                try await cluster.startServer()
            }
            let weights = try await story.follow(until: "Succeeded")
            #expect(weights.contains(50))
            #expect(story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.1")
            #expect(story.weights == [100, 0])

            // A bad one that is killed while it is counted.
            try await story.setImage("3.1.2")
            try await story.follow(untilFailedChecks: 2)
            cluster.killServer()
            try await cluster.startServer()
            try await story.follow(until: "Failed")
            #expect(story.canary[path: "status", "failedChecks"] == 5)
            #expect(story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.1")
            #expect(story.weights == [100, 0])
        }
    }

    @Test func sendsNoTrafficToAnImageThatDoesNotStart() async throws {
        try await TestCluster.run(Self.images) { cluster in
            let story = try Story(cluster)
            try await story.initialise()
            try await story.setImage("3.1.4")
            let weights = try await story.follow(until: "Failed")
            #expect(weights == [0])
            #expect(story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.0")
        }
    }
}
