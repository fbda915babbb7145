import Foundation
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Every road to a target, by stock kubectl, and what each revision served.
@Suite(.enabled(if: !TestCluster.isReal && Kubectl.program != nil), .timeLimit(.minutes(5)))
struct RoadTests {
    /// A command that changes the template.
    private struct Road: Sendable {
        let command: String
        /// What edits the object for `kubectl edit`.
        var editor: String?
        /// What is changed in the manifest that is sent.
        var change: (@Sendable (inout JSONValue) -> Void)?
    }

    private static let roads = [
        Road(command: "set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.1"),
        Road(command: "set env deployment/podinfo ROAD=env"),
        Road(
            command:
                "patch deployment/podinfo -p {\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"road\":\"patch\"}}}}}"
        ),
        Road(command: "apply -f -") { $0.setImage("3.1.2") },
        Road(command: "apply --server-side --force-conflicts -f -") { $0.setImage("3.1.3") },
        Road(command: "replace -f -") { $0.setImage("3.1.4") },
        Road(command: "edit deployment/podinfo", editor: "sed -i s/podinfo:3.1.4/podinfo:3.1.5/"),
        Road(command: "rollout restart deployment/podinfo"), Road(command: "rollout undo deployment/podinfo"),
    ]

    @Test func areAllGatedAndAnalysed() async throws {
        try await TestCluster.run { cluster in
            let stage = try await RoadStage(cluster)
            for road in Self.roads {
                let promoted = stage.promoted
                try await stage.kubectl(
                    road.command,
                    input: road.change.map { stage.manifest($0) },
                    editor: road.editor
                )
                let template = stage.target[path: "spec", "template"]
                #expect(stage.target.annotation("canarygate.dev/requested-by") != nil, "\(road.command)")
                try await stage.wait(road.command) {
                    stage.promoted != promoted && stage.story.canary[path: "status", "phase"] == "Succeeded"
                }
                #expect(stage.target[path: "spec", "template"] == template, "\(road.command)")
                #expect(stage.target[path: "spec", "paused"]?.bool != true, "\(road.command)")
                #expect(stage.target[path: "spec", "replicas"] == 0, "\(road.command)")
                #expect(stage.strays == 0, "\(road.command)")
            }
            #expect(stage.verdicts.allSatisfy { $0 == "Promoted" }, "\(stage.verdicts)")
            #expect(stage.verdicts.count == Self.roads.count + 1)
            #expect(stage.served("podinfo-canary", image: "stefanprodan/podinfo:3.1.4") > 0)
        }
    }

    @Test func startNothingWithoutAnotherTemplate() async throws {
        try await TestCluster.run { cluster in
            let stage = try await RoadStage(cluster)
            let before = stage.target
            let refusal = try await stage.kubectl("scale deployment/podinfo --replicas=3", endingWith: 1)
            #expect(refusal.contains("canary podinfo scales deployment podinfo"), "\(refusal)")
            let manifest = stage.manifest { $0[path: "spec", "replicas"] = 5 }
            for _ in 0..<3 { try await stage.kubectl("apply -f -", input: manifest) }
            try await stage.kubectl("label deployment/podinfo team=web")
            try await stage.kubectl("autoscale deployment/podinfo --name=second --min=2 --max=4")
            try await stage.kubectl("apply --dry-run=server -f -", input: stage.manifest { $0.setImage("9.9.9") })
            #expect(stage.target[path: "spec", "template"] == before[path: "spec", "template"])
            #expect(stage.target[path: "spec", "replicas"] == 0 && stage.target[path: "spec", "paused"]?.bool != true)
            #expect(stage.story.canary[path: "status", "phase"] == "Initialized")
            #expect(stage.verdicts == ["Promoted"])
        }
    }

    @Test func giveANewcomerNoRequestBeforeItsOwnAnalysis() async throws {
        try await TestCluster.run { cluster in
            let stage = try await RoadStage(cluster)
            try await stage.kubectl("set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.1")
            try await stage.story.follow(untilWeight: 25)
            let first = stage.story.canary[path: "status", "lastAppliedSpec"]
            try await stage.wait("3.1.1 answers") {
                stage.served("podinfo-canary", image: "stefanprodan/podinfo:3.1.1") > 0
            }
            try await stage.kubectl("set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.2")
            try await stage.wait("the newcomer is taken up") {
                let isWaiting = stage.story.canary[path: "status", "canaryWeight"] == 0
                let isOld = stage.story.canary[path: "status", "lastAppliedSpec"] == first
                // Until its first step it has answered nobody.
                if isOld || isWaiting {
                    #expect(stage.served("podinfo-canary", image: "stefanprodan/podinfo:3.1.2") == 0)
                }
                return !isOld && !isWaiting
            }
            try await stage.wait("it is promoted") { stage.story.canary[path: "status", "phase"] == "Succeeded" }
            #expect(stage.story.image("podinfo-primary") == "stefanprodan/podinfo:3.1.2")
            #expect(stage.served("podinfo-canary", image: "stefanprodan/podinfo:3.1.2") > 0)
            #expect(stage.served("podinfo-primary", image: "stefanprodan/podinfo:3.1.1") == 0)
            #expect(stage.strays == 0)
            #expect(stage.verdicts == ["Promoted", "Withdrawn", "Promoted"])
        }
    }

    @Test func areGatedLateAfterATimeWithoutTheWebhook() async throws {
        try await TestCluster.run { cluster in
            let stage = try await RoadStage(cluster)
            cluster.killServer()
            try await stage.kubectl("set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.1")
            #expect(stage.target[path: "spec", "paused"]?.bool != true)
            try await cluster.startServer()
            try await stage.wait("it is promoted") { stage.story.canary[path: "status", "phase"] == "Succeeded" }
            let events = try await stage.kubectl("get events")
            #expect(events.contains("GatedLate"), "\(events)")
            #expect(stage.target.annotation("canarygate.dev/requested-by") == "kubectl-set")
            let metrics = await cluster.probe("/metrics")?.text ?? ""
            #expect(metrics.contains("canarygate_late_gates_total 1\n"), "\(metrics)")
            #expect(metrics.contains("canarygate_late_gate_delay_seconds_count 1\n"), "\(metrics)")
            #expect(stage.strays == 0)
        }
    }

    @Test func leadBackByDeletingTheCanary() async throws {
        try await TestCluster.run { cluster in
            let stage = try await RoadStage(cluster)
            try await stage.kubectl("set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.1")
            try await stage.story.follow(untilWeight: 25)
            try await stage.kubectl("delete canary/podinfo --timeout=60s")
            #expect(stage.story.canary == .null)
            #expect(stage.story.image("podinfo") == "stefanprodan/podinfo:3.1.0")
            #expect(stage.story.replicas("podinfo") == 2)
            #expect(stage.story.replicas("podinfo-primary") == nil)
            let apex = stage.sandbox.objects.object(.services, RoadStage.key)
            #expect(apex?[path: "spec", "selector"] == ["app": "podinfo"])
            let served = stage.served("podinfo")
            try await stage.wait("users are served by the target") { stage.served("podinfo") > served + 10 }
            #expect(stage.served("podinfo", image: "stefanprodan/podinfo:3.1.1") == 0)
        }
    }
}
