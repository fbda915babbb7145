import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EndpointsTests {
    private let scene = WorkloadScene()
    private let endpoints = ResourceType(group: "", version: "v1", plural: "endpoints", kind: "Endpoints")

    private var subset: JSONValue? { scene.cluster.object(endpoints, test)?["subsets"]?[0] }

    @Test func listsReadyPodsApartFromOthers() {
        scene.cluster.put(.services, service("podinfo", app: "podinfo"))
        scene.cluster.put(.deployments, workload())
        scene.cluster.put(.deployments, workload("other"))
        scene.run(for: .seconds(1))
        #expect(subset?["addresses"] == nil)
        #expect(subset?["notReadyAddresses"]?.array?.count == 2)
        scene.run(for: .seconds(10))
        #expect(subset?["notReadyAddresses"] == nil)
        #expect(subset?["ports"] == [["name": "http", "port": 9898, "protocol": "TCP"]])
        let addresses = Set(subset?["addresses"]?.array?.compactMap { $0["ip"]?.string } ?? [])
        let pods = scene.cluster.objects(.pods).filter { $0.label("app") == "podinfo" }
        #expect(addresses == Set(pods.compactMap { $0[path: "status", "podIP"]?.string }))
        #expect(addresses.count == 2)
    }

    @Test func findsAPortByItsNameOnTheContainer() {
        var object = workload()
        object[path: "spec", "template", "spec", "containers"] = [
            ["name": "podinfod", "image": "podinfo:1", "ports": [["name": "web", "containerPort": 8080]]]
        ]
        scene.cluster.put(.deployments, object)
        scene.cluster.put(.services, service("podinfo", app: "podinfo", targetPort: "web"))
        scene.run(for: .seconds(10))
        #expect(subset?["ports"]?[0]?["port"] == 8080)
    }

    @Test func listsTheSamePodsInASlice() throws {
        let slices = ResourceType(
            group: "discovery.k8s.io",
            version: "v1",
            plural: "endpointslices",
            kind: "EndpointSlice"
        )
        scene.cluster.put(.services, service("podinfo", app: "podinfo"))
        scene.cluster.put(.deployments, workload())
        scene.run(for: .seconds(10))
        let slice = try #require(scene.cluster.objects(slices).first)
        #expect(slice.label("kubernetes.io/service-name") == "podinfo")
        #expect(slice["ports"] == [["name": "http", "port": 9898, "protocol": "TCP"]])
        let endpoints = slice["endpoints"]?.array ?? []
        #expect(endpoints.map { $0[path: "conditions", "ready"] } == [true, true])
        #expect(endpoints.compactMap { $0["addresses"]?[0] } == subset?["addresses"]?.array?.compactMap { $0["ip"] })
        scene.cluster.remove(.services, test)
        #expect(scene.cluster.objects(slices).isEmpty)
        // One that was made while the Service went.
        scene.cluster.put(slices, slice)
        scene.controller.reconcile()
        #expect(scene.cluster.objects(slices).isEmpty)
    }

    @Test func removesThoseOfAServiceThatIsGone() {
        scene.cluster.put(.services, service("podinfo", app: "podinfo"))
        scene.controller.reconcile()
        #expect(scene.cluster.object(endpoints, test) != nil)
        scene.cluster.remove(.services, test)
        scene.controller.reconcile()
        #expect(scene.cluster.object(endpoints, test) == nil)
    }
}
