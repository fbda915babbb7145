import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Server-side apply and who owns which fields.
@Suite(.timeLimit(.minutes(1))) struct ApplyingTests {
    private let fixture = APIFixture()
    private let path = "\(configMaps)/a"

    private func apply(
        _ data: JSONValue,
        by manager: String,
        force isForced: Bool = false
    ) async -> APIAnswer {
        let object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": data]
        let query = "fieldManager=\(manager)&force=\(isForced)"
        return await fixture.send(.patch, "\(path)?\(query)", object, type: "application/apply-patch+yaml")
    }

    private func data() async throws -> JSONValue? { try await fixture.send(.get, path).json["data"] }

    private func owners() async throws -> [String: JSONValue] {
        let entries = try await fixture.send(.get, path).json[path: "metadata", "managedFields"]?.array ?? []
        return Dictionary(uniqueKeysWithValues: entries.map { ($0["manager"]?.string ?? "", $0["fieldsV1"] ?? .null) })
    }

    @Test func createsWhatIsNotThere() async throws {
        let answer = await apply(["x": "1"], by: "me")
        #expect(answer.status == 201)
        let entry = try answer.json[path: "metadata", "managedFields"]?[0]
        #expect(
            entry == [
                "apiVersion": "v1", "fieldsType": "FieldsV1",
                "fieldsV1": ["f:data": ["f:x": .object(JSONObject())]], "manager": "me", "operation": "Apply",
                "time": .string(fixture.clock.now().rfc3339),
            ]
        )
    }

    @Test func removesWhatIsNoLongerApplied() async throws {
        _ = await apply(["x": "1", "y": "2"], by: "me")
        let answer = await apply(["x": "1"], by: "me")
        #expect(answer.status == 200)
        #expect(try await data() == ["x": "1"])
    }

    @Test func keepsWhatAnotherOwnsToo() async throws {
        _ = await apply(["x": "1", "y": "2"], by: "me")
        #expect(await apply(["y": "2"], by: "you").status == 200)
        _ = await apply(["x": "1"], by: "me")
        #expect(try await data() == ["x": "1", "y": "2"])
        #expect(try await owners()["you"] == ["f:data": ["f:y": .object(JSONObject())]])
    }

    @Test func namesTheOwnerOfAFieldInConflict() async throws {
        _ = await apply(["x": "1"], by: "me")
        let answer = await apply(["x": "2"], by: "you")
        #expect(answer.status == 409)
        let status = try answer.json
        #expect(status["reason"] == "Conflict")
        #expect(status["message"] == "Apply failed with 1 conflict: conflict with \"me\": .data.x")
        #expect(
            status[path: "details", "causes"] == [
                ["reason": "FieldManagerConflict", "message": "conflict with \"me\"", "field": ".data.x"]
            ]
        )
        #expect(try await data() == ["x": "1"])
    }

    @Test func listsTheConflictsWithSeveralOwners() async throws {
        let body: JSONValue = ["metadata": ["name": "a"], "data": ["x": "1", "y": "1"]]
        _ = await fixture.send(.post, "\(configMaps)?fieldManager=maker", body)
        _ = await apply(["y": "1"], by: "me")
        let answer = await apply(["x": "2", "y": "2"], by: "you")
        #expect(
            try answer.message == """
                Apply failed with 3 conflicts: conflicts with "maker" using v1:
                - .data.x
                - .data.y
                conflicts with "me":
                - .data.y
                """
        )
    }

    @Test func takesFieldsByForce() async throws {
        _ = await apply(["x": "1"], by: "me")
        #expect(await apply(["x": "2"], by: "you", force: true).status == 200)
        #expect(try await data() == ["x": "2"])
        let owners = try await owners()
        #expect(owners["me"] == nil)
        #expect(owners["you"] == ["f:data": ["f:x": .object(JSONObject())]])
    }

    @Test func changesNothingWhenTheSameIsAppliedAgain() async throws {
        let first = try await apply(["x": "1"], by: "me").json
        fixture.clock.advance(by: .seconds(60))
        #expect(try await apply(["x": "1"], by: "me").json == first)
    }

    @Test func handsWhatAnUpdateChangesToItsManager() async throws {
        _ = await apply(["x": "1", "y": "1"], by: "me")
        let patch: JSONValue = ["data": ["x": "2"]]
        let type = "application/merge-patch+json"
        _ = await fixture.send(.patch, "\(path)?fieldManager=editor", patch, type: type)
        let owners = try await owners()
        #expect(owners["editor"] == ["f:data": ["f:x": .object(JSONObject())]])
        #expect(owners["me"] == ["f:data": ["f:y": .object(JSONObject())]])
    }

    @Test func namesTheManagerAfterTheUserAgent() async throws {
        var fields: HTTPFields = [:]
        fields[.userAgent] = "agent/1.0 (linux)"
        _ = await fixture.send(.post, configMaps, ["metadata": ["name": "a"], "data": ["x": "1"]], fields: fields)
        #expect(Array(try await owners().keys) == ["agent"])
    }

    @Test func letsAClientRewriteTheOwners() async throws {
        _ = await apply(["x": "1"], by: "me")
        let patch: JSONValue = [["op": "replace", "path": "/metadata/managedFields", "value": [.object(JSONObject())]]]
        let answer = await fixture.send(.patch, path, patch, type: "application/json-patch+json")
        #expect(answer.status == 200)
        #expect(try await owners().isEmpty)
    }

    @Test func refusesAFieldThatIsNotDeclared() async throws {
        var object = podinfo()
        object["status"] = nil
        object[path: "spec", "bogus"] = 1
        let target = "\(deployments)/podinfo?fieldManager=me"
        let answer = await fixture.send(.patch, target, object, type: "application/apply-patch+yaml")
        #expect(answer.status == 500)
        #expect(
            try answer.message == """
                failed to create typed patch object (test/podinfo; apps/v1, Kind=Deployment): .spec.bogus: field not \
                declared in schema
                """
        )
    }
}

/// Owners of the elements of lists, and of custom objects.
@Suite(.timeLimit(.minutes(1))) struct ListOwnershipTests {
    private let fixture = APIFixture()

    private func apply(_ path: String, _ object: JSONValue, by manager: String) async -> APIAnswer {
        await fixture.send(.patch, "\(path)?fieldManager=\(manager)", object, type: "application/apply-patch+yaml")
    }

    private func container(_ name: String, _ image: String) -> JSONValue {
        ["name": .string(name), "image": .string(image)]
    }

    private func workload(_ containers: [JSONValue]) -> JSONValue {
        var object = podinfo()
        object["status"] = nil
        object[path: "spec", "replicas"] = nil
        object[path: "spec", "template", "spec", "containers"] = .array(containers)
        return object
    }

    @Test func mergesContainersByTheirNames() async throws {
        let path = "\(deployments)/podinfo"
        #expect(await apply(path, workload([container("app", "app:1")]), by: "me").status == 201)
        let sidecar: JSONValue = [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "podinfo"],
            "spec": ["template": ["spec": ["containers": [container("proxy", "proxy:1")]]]],
        ]
        let both = try await apply(path, sidecar, by: "mesh").json
        let names = both[path: "spec", "template", "spec", "containers"]?.array?.compactMap { $0["name"]?.string }
        #expect(names == ["app", "proxy"])
        // What only the mesh owns stays when the other one applies, and goes with the mesh.
        let again = try await apply(path, workload([container("app", "app:2")]), by: "me").json
        #expect(again[path: "spec", "template", "spec", "containers"]?.array?.count == 2)
        let bare: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "podinfo"]]
        let without = try await apply(path, bare, by: "mesh").json
        #expect(without[path: "spec", "template", "spec", "containers"]?.array?.count == 1)
    }

    @Test func writesTheKeysOfElements() async throws {
        var object = workload([container("app", "app:1")])
        object[path: "spec", "template", "spec", "containers"] = [
            ["name": "app", "image": "app:1", "ports": [["containerPort": 80]]]
        ]
        let applied = try await apply("\(deployments)/podinfo", object, by: "me").json
        let fields = applied[path: "metadata", "managedFields"]?[0]?["fieldsV1"]
        let containers = fields?[path: "f:spec", "f:template", "f:spec", "f:containers"]
        let ports = containers?["k:{\"name\":\"app\"}"]?["f:ports"]
        #expect(
            ports == [
                "k:{\"containerPort\":80,\"protocol\":\"TCP\"}": [
                    ".": .object(JSONObject()), "f:containerPort": .object(JSONObject()),
                ]
            ]
        )
        #expect(fields?[path: "f:spec", "f:selector"] == .object(JSONObject()))
    }

    @Test func goesByTheListTypesOfADefinition() async throws {
        fixture.cluster.put(.customResourceDefinitions, widgetDefinition())
        let path = "/apis/example.com/v1/namespaces/test/widgets/w"
        let widget = { (parts: [JSONValue]) -> JSONValue in
            [
                "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "w"],
                "spec": ["parts": .array(parts)],
            ]
        }
        _ = await apply(path, widget([["name": "a", "weight": 1]]), by: "me")
        let both = try await apply(path, widget([["name": "b", "weight": 2]]), by: "you").json
        #expect(both[path: "spec", "parts"]?.array?.count == 2)
        let conflict = await apply(path, widget([["name": "a", "weight": 3]]), by: "you")
        #expect(try conflict.message?.hasSuffix("conflict with \"me\": .spec.parts[name=\"a\"].weight") == true)
    }

    @Test func keepsTheOwnersOfTheStatusApart() async throws {
        let path = "\(deployments)/podinfo"
        _ = await apply(path, workload([container("app", "app:1")]), by: "me")
        let status: JSONValue = ["status": ["replicas": 3]]
        let type = "application/merge-patch+json"
        _ = await fixture.send(.patch, "\(path)/status?fieldManager=loop", status, type: type)
        let scale: JSONValue = ["spec": ["replicas": 5]]
        let scaled = await fixture.send(.patch, "\(path)/scale?fieldManager=scaler", scale, type: type)
        #expect(scaled.status == 200)
        let entries = try await fixture.send(.get, path).json[path: "metadata", "managedFields"]?.array ?? []
        let found = entries.map { "\($0["manager"]?.string ?? "") \($0["subresource"]?.string ?? "-")" }
        #expect(Set(found) == ["me -", "loop status", "scaler scale"])
        let scaler = entries.first { $0["manager"] == "scaler" }?["fieldsV1"]
        #expect(scaler == ["f:spec": ["f:replicas": .object(JSONObject())]])
    }
}
