import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListingTests {
    private let fixture = APIFixture()

    init() {
        for (name, label) in [("a", "x"), ("b", "y"), ("c", "x")] {
            var object = configMap(name)
            object[path: "metadata", "labels", "app"] = .string(label)
            fixture.cluster.put(.configMaps, object)
        }
        fixture.cluster.put(.configMaps, configMap("d", namespace: "default"))
    }

    private func names(_ path: String) async throws -> [String] {
        try await (fixture.send(.get, path).json["items"]?.array ?? []).map(\.name)
    }

    @Test func listsAsTheRealServer() async throws {
        let list = try await fixture.send(.get, "\(configMaps)?limit=500").json
        #expect(list["kind"] == "ConfigMapList")
        #expect(list["apiVersion"] == "v1")
        #expect(list[path: "metadata", "resourceVersion"]?.string == fixture.cluster.resourceVersion)
        #expect(list["items"]?[0]?["kind"] == nil)
        #expect(list["items"]?[0]?["data"] == ["value": "1"])
    }

    @Test(
        arguments: [
            (configMaps, "abc"), ("/api/v1/configmaps", "dabc"), ("\(configMaps)?labelSelector=app%3Dx", "ac"),
            ("\(configMaps)?labelSelector=app+in+(x,y),app!%3Dx", "b"),
            ("\(configMaps)?fieldSelector=metadata.name%3Db", "b"),
            ("/api/v1/configmaps?fieldSelector=metadata.namespace!%3Dtest", "d"),
            ("\(configMaps)?fieldSelector=metadata.name%3D%3Db,metadata.namespace%3Dtest", "b"),
            ("/api/v1/namespaces/nothing/configmaps", ""),
        ]
    )
    func selects(path: String, expected: String) async throws {
        #expect(try await names(path).joined() == expected)
    }

    @Test func selectsEventsByWhatTheyAreAbout() async throws {
        for (name, uid) in [("one", "1"), ("two", "2")] {
            let event: JSONValue = [
                "metadata": ["name": .string(name), "namespace": "test"], "type": "Normal",
                "source": ["component": "canarygate"], "involvedObject": ["name": "podinfo", "uid": .string(uid)],
            ]
            let answer = await fixture.send(.post, "/api/v1/namespaces/test/events", event)
            #expect(answer.status == 201)
        }
        let path = "/api/v1/namespaces/test/events?fieldSelector="
        #expect(try await names("\(path)involvedObject.name%3Dpodinfo,involvedObject.uid%3D2") == ["two"])
        #expect(try await names("\(path)type!%3DNormal") == [])
        #expect(try await names("\(path)source%3Dcanarygate") == ["one", "two"])
    }
}
