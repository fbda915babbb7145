import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// A change costs what hangs on it, however much else is in the cluster: counted in objects that are walked over.
@Suite(.timeLimit(.minutes(1))) struct ManyObjectsTests {
    /// Four times as many cost at most four times as much, and a tenth for what is due to chance.
    private func expectLinear(_ cost: (Int) async throws -> Int) async throws {
        let (few, many) = (try await cost(100), try await cost(400))
        #expect(many <= few * 44 / 10, "\(few) for a hundred, \(many) for four hundred")
    }

    @Test func createsAThousandObjectsWithoutAWalk() async throws {
        let fixture = APIFixture()
        for number in 0..<1_000 {
            let answer = await fixture.send(.post, configMaps, configMap("c-\(number)"))
            #expect(answer.status == 201)
        }
        // The one role that there is, for each of them.
        #expect(fixture.cluster.visitCount <= 2_000)
        #expect(fixture.cluster.objects(.configMaps).count == 1_000)
    }

    @Test func changesAndDeletesOneByOne() async throws {
        try await expectLinear { count in
            let fixture = APIFixture()
            for number in 0..<count { fixture.cluster.put(.configMaps, configMap("c-\(number)")) }
            for number in 0..<count {
                let path = "\(configMaps)/c-\(number)"
                let patch: JSONValue = ["data": ["x": "2"]]
                let answer = await fixture.send(.patch, path, patch, type: "application/merge-patch+json")
                #expect(answer.status == 200)
                #expect(await fixture.send(.delete, path).status == 200)
            }
            return fixture.cluster.visitCount
        }
    }

    @Test func takesANamespaceWithAllThatIsInIt() async throws {
        try await expectLinear { count in
            let fixture = APIFixture()
            for number in 0..<count { fixture.cluster.put(.configMaps, configMap("c-\(number)")) }
            #expect(await fixture.send(.delete, "/api/v1/namespaces/test").status == 200)
            #expect(fixture.cluster.objects(.configMaps).isEmpty)
            return fixture.cluster.visitCount
        }
    }

    @Test func rollsOutOneDeploymentAfterTheOther() async throws {
        try await expectLinear { count in
            // As on small nodes, so that a pod more or less does not count.
            let scene = WorkloadScene(podLimit: 10)
            for number in 0..<count {
                scene.cluster.put(.deployments, workload("app-\(number)"))
                scene.controller.reconcile()
                scene.cluster.put(.services, service("app-\(number)", app: "app-\(number)"))
                scene.controller.reconcile()
            }
            let visits = scene.cluster.visitCount
            #expect(scene.cluster.objects(.replicaSets).count == count)
            return visits
        }
    }

    @Test func listsANamespaceWithoutTheOthers() async throws {
        let fixture = APIFixture()
        for number in 0..<100 {
            var other = configMap("c-\(number)")
            other[path: "metadata", "namespace"] = "other"
            fixture.cluster.put(.configMaps, other)
        }
        fixture.cluster.put(.configMaps, configMap("c"))
        let before = fixture.cluster.visitCount
        let answer = await fixture.send(.get, configMaps)
        #expect(try answer.json["items"]?.array?.map(\.name) == ["c"])
        // That one, and the role that allows it.
        #expect(fixture.cluster.visitCount - before <= 2)
    }

    @Test func looksAtNoPodOrServiceOfAnotherNamespace() {
        let visits = [10, 200].map { count in
            let scene = WorkloadScene()
            for number in 0..<count {
                for type in [ResourceType.services, .pods] {
                    var other = service("other-\(number)", app: "other")
                    other[path: "metadata", "namespace"] = "other"
                    scene.cluster.put(type, other)
                }
            }
            scene.controller.reconcile()
            let before = scene.cluster.visitCount
            scene.cluster.put(.services, service("app", app: "app"))
            scene.cluster.put(.deployments, workload("app"))
            scene.controller.reconcile()
            #expect(scene.cluster.objects(.pods, in: "test").count == 2)
            return scene.cluster.visitCount - before
        }
        #expect(visits[0] == visits[1])
    }

    @Test func collectsWhatIsOwnedOneByOne() async throws {
        try await expectLinear { count in
            let cluster = InMemoryCluster(clock: ManualClock())
            for number in 0..<count {
                var owned = configMap("owned-\(number)")
                let owner = cluster.put(.configMaps, configMap("c-\(number)"))
                owned[path: "metadata", "ownerReferences"] = [
                    ["apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner.name), "uid": .string(owner.uid)]
                ]
                cluster.put(.configMaps, owned)
            }
            for number in 0..<count { try await cluster.delete(.configMaps, configMap("c-\(number)").key) }
            #expect(cluster.objects(.configMaps).isEmpty)
            return cluster.visitCount
        }
    }
}
