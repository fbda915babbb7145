import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeploymentTests {
    private let scene = WorkloadScene()
    private var cluster: InMemoryCluster { scene.cluster }

    @Test func makesAReplicaSetAndItsPods() throws {
        cluster.put(.deployments, workload())
        scene.controller.reconcile()
        let set = try #require(cluster.objects(.replicaSets).first)
        let hash = try #require(set.label("pod-template-hash"))
        #expect(set.name == "podinfo-\(hash)")
        #expect(set[path: "spec", "selector", "matchLabels"] == ["app": "podinfo", "pod-template-hash": .string(hash)])
        #expect(set[path: "metadata", "ownerReferences"]?[0]?["uid"]?.string == scene.podinfo.uid)
        #expect(set.annotation("deployment.kubernetes.io/revision") == "1")
        #expect(scene.podinfo.annotation("deployment.kubernetes.io/revision") == "1")
        let pods = cluster.objects(.pods)
        #expect(pods.count == 2)
        #expect(Set(pods.map { $0[path: "status", "podIP"]?.string ?? "" }) == ["10.244.0.1", "10.244.0.2"])
        for pod in pods {
            #expect(pod.name.hasPrefix("\(set.name)-") && pod.name.count == set.name.count + 6)
            #expect(pod.label("app") == "podinfo" && pod.label("pod-template-hash") == hash)
            #expect(pod[path: "metadata", "ownerReferences"]?[0]?["uid"]?.string == set.uid)
            #expect(pod[path: "status", "phase"] == "Pending")
        }
        let events = cluster.objects(.events).compactMap { $0["message"]?.string }
        #expect(events == ["Scaled up replica set \(set.name) from 0 to 2"])
    }

    @Test func countsPodsReadyAndLaterAvailable() {
        cluster.put(.deployments, workload(["minReadySeconds": 5]))
        scene.run(for: .seconds(4))
        #expect(scene.status["replicas"] == 2 && scene.status["updatedReplicas"] == 2)
        #expect(scene.status["readyReplicas"] == nil && scene.status["unavailableReplicas"] == 2)
        #expect(scene.condition("Available")?["reason"] == "MinimumReplicasUnavailable")
        #expect(scene.condition("Progressing")?["reason"] == "ReplicaSetUpdated")
        scene.run(for: .seconds(1))
        #expect(scene.status["readyReplicas"] == 2 && scene.status["availableReplicas"] == nil)
        scene.run(for: .seconds(5))
        #expect(scene.status["availableReplicas"] == 2 && scene.status["unavailableReplicas"] == nil)
        #expect(scene.status["observedGeneration"] == 1)
        let available = scene.condition("Available")
        #expect(available?["status"] == "True" && available?["reason"] == "MinimumReplicasAvailable")
        #expect(available?["lastUpdateTime"] == "2026-11-25T04:00:10Z")
        #expect(scene.condition("Progressing")?["reason"] == "NewReplicaSetAvailable")
        #expect(cluster.objects(.pods).allSatisfy { $0[path: "status", "phase"] == "Running" })
    }

    @Test func rollsWithinSurgeAndAvailability() {
        let rolling: JSONValue = ["rollingUpdate": ["maxSurge": 1, "maxUnavailable": "50%"]]
        cluster.put(.deployments, workload(replicas: 4, ["strategy": rolling]))
        scene.run(for: .seconds(10))
        scene.setImage("podinfo:2")
        var most = 0
        var fewest = 4
        scene.run(for: .minutes(1)) {
            most = max(most, scene.status["replicas"]?.int ?? 0)
            fewest = min(fewest, scene.status["availableReplicas"]?.int ?? 0)
        }
        #expect(scene.sizes == ["podinfo:1": 0, "podinfo:2": 4])
        #expect(scene.podImages == ["podinfo:2", "podinfo:2", "podinfo:2", "podinfo:2"])
        #expect(most == 5)
        #expect(fewest == 2)
        #expect(scene.status["updatedReplicas"] == 4 && scene.status["availableReplicas"] == 4)
        #expect(scene.podinfo.annotation("deployment.kubernetes.io/revision") == "2")
    }

    @Test func holdsATemplateBackWhilePausedButScales() {
        cluster.put(.deployments, workload())
        scene.run(for: .seconds(10))
        scene.set("paused", true)
        scene.setImage("podinfo:2")
        scene.set("replicas", 3)
        scene.run(for: .seconds(10))
        #expect(scene.sizes == ["podinfo:1": 3])
        #expect(scene.status["observedGeneration"]?.int == scene.podinfo.generation)
        #expect(scene.status["replicas"] == 3 && scene.status["updatedReplicas"] == nil)
        #expect(scene.condition("Progressing")?["reason"] == "DeploymentPaused")
        #expect(scene.condition("Progressing")?["status"] == "Unknown")
        scene.set("paused", false)
        scene.run(for: .minutes(1))
        #expect(scene.sizes == ["podinfo:1": 0, "podinfo:2": 3])
        #expect(scene.condition("Progressing")?["reason"] == "NewReplicaSetAvailable")
    }

    @Test func opensAGateFromZeroReplicas() {
        cluster.put(.deployments, workload(replicas: 0))
        scene.run(for: .seconds(1))
        scene.set("paused", true)
        scene.setImage("podinfo:2")
        scene.run(for: .seconds(1))
        #expect(scene.podImages == [])
        cluster.modify(.deployments, test) { object in
            object[path: "spec", "paused"] = false
            object[path: "spec", "replicas"] = 2
        }
        scene.run(for: .seconds(10))
        #expect(scene.podImages == ["podinfo:2", "podinfo:2"])
        #expect(scene.status["availableReplicas"] == 2)
    }

    @Test func scalesDownToNothing() {
        cluster.put(.deployments, workload())
        scene.run(for: .seconds(10))
        scene.set("replicas", 0)
        scene.run(for: .seconds(1))
        #expect(scene.podImages == [])
        #expect(scene.status["replicas"] == nil && scene.status["availableReplicas"] == nil)
        #expect(scene.condition("Available")?["status"] == "True")
    }

    @Test func removesAllOldPodsFirstToRecreate() {
        cluster.put(.deployments, workload(["strategy": ["type": "Recreate"]]))
        scene.run(for: .seconds(10))
        scene.setImage("podinfo:2")
        var mixtures = 0
        scene.run(for: .seconds(10)) { mixtures += Set(scene.podImages).count > 1 ? 1 : 0 }
        #expect(mixtures == 0)
        #expect(scene.podImages == ["podinfo:2", "podinfo:2"])
    }

    @Test func keepsAsMuchHistoryAsItShould() {
        cluster.put(.deployments, workload(["revisionHistoryLimit": 1]))
        for version in 2...4 {
            scene.run(for: .minutes(1))
            scene.setImage("podinfo:\(version)")
        }
        scene.run(for: .minutes(1))
        #expect(scene.sizes == ["podinfo:3": 0, "podinfo:4": 2])
    }

    @Test func givesATemplateThatComesBackANewRevision() {
        cluster.put(.deployments, workload())
        scene.run(for: .minutes(1))
        scene.setImage("podinfo:2")
        scene.run(for: .minutes(1))
        scene.setImage("podinfo:1")
        scene.run(for: .minutes(1))
        #expect(scene.sizes == ["podinfo:1": 2, "podinfo:2": 0])
        #expect(scene.podinfo.annotation("deployment.kubernetes.io/revision") == "3")
    }

    @Test func replacesAPodThatIsDeletedAndLeavesNothingOfADeployment() throws {
        cluster.put(.deployments, workload())
        scene.run(for: .seconds(10))
        let pod = try #require(cluster.objects(.pods).first)
        cluster.remove(.pods, pod.key)
        scene.run(for: .seconds(10))
        #expect(cluster.objects(.pods).count == 2)
        #expect(!cluster.objects(.pods).contains { $0.name == pod.name })
        cluster.remove(.deployments, test)
        scene.controller.reconcile()
        #expect(cluster.objects(.pods).isEmpty && cluster.objects(.replicaSets).isEmpty)
    }

    @Test func writesNothingWhereNothingChanges() {
        cluster.put(.deployments, workload())
        cluster.put(.services, service("podinfo", app: "podinfo"))
        scene.run(for: .minutes(1))
        let version = cluster.resourceVersion
        scene.run(for: .minutes(10))
        #expect(cluster.resourceVersion == version)
        #expect(scene.controller.reconcile() == nil)
    }

    @Test func runsOnChangesAndWakesForPods() async throws {
        let run = Task { await scene.controller.run() }
        let changes = try await cluster.watch(.deployments, namespace: nil, resourceVersion: "")
        cluster.put(.deployments, workload())
        await scene.clock.waitForSleepers(count: 1)
        scene.clock.advance(by: .seconds(5))
        for try await case .modified(let object) in changes where object[path: "status", "availableReplicas"] == 2 {
            break
        }
        run.cancel()
        await run.value
        #expect(cluster.objects(.pods).count == 2)
    }
}

extension Duration {
    /// Whole minutes.
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
}

/// A Deployment with more fields of the spec.
private func workload(_ fields: JSONValue) -> JSONValue { workload(replicas: 2, fields) }
