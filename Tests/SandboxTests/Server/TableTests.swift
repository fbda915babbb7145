import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TableTests {
    private let fixture = APIFixture()

    /// The headings and the cells of the first row; those of `-o wide` behind a bar.
    private func table(_ path: String, accept: String = tableV1) async throws -> (heads: String, cells: String) {
        let table = try await fixture.send(.get, path, accept: accept).json
        let columns = table["columnDefinitions"]?.array ?? []
        let cells = table["rows"]?[0]?["cells"]?.array ?? []
        #expect(table["kind"] == "Table")
        #expect(columns.count == cells.count)
        let mark = { (index: Int) in columns[index]["priority"] == 1 ? "|" : "" }
        return (
            columns.enumerated().map { mark($0) + ($1["name"]?.string ?? "") }.joined(separator: ", "),
            cells.enumerated().map { mark($0) + ($1.string ?? $1.text) }.joined(separator: ", ")
        )
    }

    @Test func showsDeployments() async throws {
        var object = deployment()
        object["status"] = ["readyReplicas": 1, "updatedReplicas": 2, "availableReplicas": 1]
        fixture.cluster.put(.deployments, object)
        fixture.clock.advance(by: .seconds(63))
        let (heads, cells) = try await table(deployments)
        #expect(heads == "Name, Ready, Up-to-date, Available, Age, |Containers, |Images, |Selector")
        #expect(cells == "podinfo, 1/2, 2, 1, 63s, |podinfod, |podinfo:3.1.0, |app=podinfo")
    }

    @Test func showsOneObject() async throws {
        fixture.cluster.put(.deployments, deployment())
        #expect(try await table("\(deployments)/podinfo").cells.hasPrefix("podinfo, 0/2, 0, 0, 0s"))
    }

    @Test func showsReplicaSets() async throws {
        var object = deployment("rs")
        object["kind"] = "ReplicaSet"
        object["status"] = ["replicas": 2, "readyReplicas": 1]
        fixture.cluster.put(.replicaSets, object)
        let (heads, cells) = try await table("/apis/apps/v1/replicasets")
        #expect(heads == "Name, Desired, Current, Ready, Age, |Containers, |Images, |Selector")
        #expect(cells == "rs, 2, 2, 1, 0s, |podinfod, |podinfo:3.1.0, |app=rs")
    }

    @Test func showsPods() async throws {
        fixture.cluster.put(
            .pods,
            [
                "metadata": ["name": "p", "namespace": "test"],
                "spec": ["nodeName": "n", "containers": [["name": "a"], ["name": "b"]]],
                "status": [
                    "phase": "Pending", "podIP": "10.0.0.1",
                    "containerStatuses": [
                        ["ready": true, "restartCount": 2],
                        ["ready": false, "state": ["waiting": ["reason": "ImagePullBackOff"]]],
                    ],
                ],
            ]
        )
        let (heads, cells) = try await table("/api/v1/namespaces/test/pods")
        #expect(heads == "Name, Ready, Status, Restarts, Age, |IP, |Node, |Nominated Node, |Readiness Gates")
        #expect(cells == "p, 1/2, ImagePullBackOff, 2, 0s, |10.0.0.1, |n, |<none>, |<none>")
    }

    @Test func showsServices() async throws {
        fixture.cluster.put(
            .services,
            [
                "metadata": ["name": "s", "namespace": "test"],
                "spec": [
                    "type": "NodePort", "clusterIP": "10.96.0.9", "selector": ["app": "s"],
                    "ports": [["port": 80, "nodePort": 30_080], ["port": 53, "protocol": "UDP"]],
                ],
            ]
        )
        let (heads, cells) = try await table("/api/v1/services")
        #expect(heads == "Name, Type, Cluster-IP, External-IP, Port(s), Age, |Selector")
        #expect(cells == "s, NodePort, 10.96.0.9, <none>, 80:30080/TCP,53/UDP, 0s, |app=s")
    }

    @Test func showsAutoscalers() async throws {
        fixture.cluster.put(
            .autoscalers,
            [
                "metadata": ["name": "h", "namespace": "test"],
                "spec": [
                    "scaleTargetRef": ["kind": "Deployment", "name": "podinfo"], "minReplicas": 2, "maxReplicas": 4,
                    "metrics": [
                        [
                            "type": "Resource",
                            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 99]],
                        ]
                    ],
                ],
            ]
        )
        let path = "/apis/autoscaling/v2/namespaces/test/horizontalpodautoscalers"
        let (heads, cells) = try await table(path)
        #expect(heads == "Name, Reference, Targets, MinPods, MaxPods, Replicas, Age")
        #expect(cells == "h, Deployment/podinfo, cpu: <unknown>/99%, 2, 4, 0, 0s")
    }

    @Test func showsEvents() async throws {
        fixture.cluster.put(
            .events,
            [
                "metadata": ["name": "e.1", "namespace": "test"], "type": "Warning", "reason": "Synced",
                "message": "halted\n", "count": 3, "source": ["component": "canarygate"],
                "involvedObject": ["kind": "Canary", "name": "podinfo"], "firstTimestamp": "2026-11-25T03:00:00Z",
                "lastTimestamp": "2026-11-25T03:59:00Z",
            ]
        )
        let (heads, cells) = try await table("/api/v1/namespaces/test/events")
        #expect(
            heads == "Last Seen, Type, Reason, Object, |Subobject, |Source, Message, |First Seen, |Count, |Name"
        )
        #expect(cells == "60s, Warning, Synced, canary/podinfo, |, |canarygate, halted, |60m, |3, |e.1")
    }

    @Test func showsEventsOfASeries() async throws {
        fixture.cluster.put(
            .events,
            [
                "metadata": ["name": "e.1", "namespace": "test"], "type": "Normal", "reason": "Pulled",
                "message": " pulled", "reportingComponent": "kubelet", "reportingInstance": "node-1", "action": "Pull",
                "involvedObject": ["kind": "Pod", "name": "p"], "eventTime": "2026-11-25T03:00:00.000000Z",
                "series": ["count": 7, "lastObservedTime": "2026-11-25T03:59:30.000000Z"],
            ]
        )
        let (_, cells) = try await table("/api/v1/namespaces/test/events")
        #expect(cells == "30s, Normal, Pulled, pod/p, |, |kubelet, node-1, pulled, |60m, |7, |e.1")
    }

    @Test func showsNamespacesAndHTTPProxies() async throws {
        #expect(try await table("/api/v1/namespaces") == ("Name, Status, Age", "default, Active, 0s"))
        fixture.cluster.put(
            .httpProxies,
            [
                "metadata": ["name": "a", "namespace": "test"], "spec": ["virtualhost": ["fqdn": "a.example"]],
                "status": ["currentStatus": "valid", "description": "Valid HTTPProxy"],
            ]
        )
        let (heads, cells) = try await table("/apis/projectcontour.io/v1/httpproxies")
        #expect(heads == "Name, FQDN, TLS Secret, Status, Status Description")
        #expect(cells == "a, a.example, null, valid, Valid HTTPProxy")
    }

    @Test func showsNodes() async throws {
        fixture.cluster.put(
            ResourceType(group: "", version: "v1", plural: "nodes", kind: "Node", isNamespaced: false),
            ["metadata": ["name": "n"]]
        )
        let (names, cells) = try await table("/api/v1/nodes")
        #expect(names.hasPrefix("Name, Status, Roles, Age, Version, "))
        #expect(cells.hasPrefix("n, Unknown, <none>, 0s, , "))
    }

    @Test(
        arguments: [
            (0, "0s"), (119, "119s"), (120, "2m"), (125, "2m5s"), (600, "10m"), (630, "10m"), (10_740, "179m"),
            (10_800, "3h"),
            (11_100, "3h5m"), (28_800, "8h"), (172_740, "47h"), (172_800, "2d"), (180_000, "2d2h"),
            (691_200, "8d"), (63_072_000, "2y"), (63_158_400, "2y1d"), (252_288_000, "8y"),
        ]
    )
    func writesAgesShort(seconds: Int, age: String) async throws {
        fixture.clock.advance(by: .seconds(seconds))
        #expect(try await table("/api/v1/namespaces").cells == "default, Active, \(age)")
    }

    @Test func carriesWhatIsAskedFor() async throws {
        fixture.cluster.put(.configMaps, configMap("a"))
        let row = { (query: String, accept: String) async throws -> JSONValue? in
            try await fixture.send(.get, configMaps + query, accept: accept).json["rows"]?[0]?["object"]
        }
        let stored = try #require(fixture.cluster.object(.configMaps, "test", "a"))
        let metadata = try #require(try await row("", tableV1))
        #expect(metadata["kind"] == "PartialObjectMetadata")
        #expect(metadata["apiVersion"] == "meta.k8s.io/v1")
        #expect(metadata["metadata"] == stored["metadata"])
        #expect(try await row("?includeObject=Object", tableV1) == stored)
        #expect(try await row("?includeObject=None", tableV1) == nil)
        let beta = "application/json;as=Table;v=v1beta1;g=meta.k8s.io"
        #expect(try await row("", beta)?["apiVersion"] == "meta.k8s.io/v1beta1")
        #expect(await fixture.send(.get, "\(configMaps)?includeObject=x", accept: tableV1).status == 400)
    }

    @Test func showsMetadataAlone() async throws {
        fixture.cluster.put(.configMaps, configMap("a"))
        let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
        let list = try await fixture.send(.get, configMaps, accept: accept).json
        #expect(list["kind"] == "PartialObjectMetadataList")
        #expect(list["items"]?[0]?.name == "a")
        #expect(list["items"]?[0]?["data"] == nil)
    }
}
