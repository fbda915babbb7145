import Admission
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChangingTests {
    private let fixture = APIFixture()
    private let path = "\(deployments)/podinfo"
    private static let merge = "application/merge-patch+json"
    private static let strategic = "application/strategic-merge-patch+json"
    private static let json = "application/json-patch+json"
    private static let apply = "application/apply-patch+yaml"

    init() { fixture.cluster.put(.deployments, podinfo()) }

    private var stored: JSONValue {
        get throws { try #require(fixture.cluster.object(.deployments, test)) }
    }

    @Test func replacesWithPUT() async throws {
        var object = try stored
        object[path: "spec", "replicas"] = 5
        let answer = await fixture.send(.put, path, object)
        #expect(answer.status == 200)
        #expect(try answer.json.generation == 2)
        #expect(try stored[path: "spec", "replicas"] == 5)
        let again = await fixture.send(.put, path, object)
        #expect(again.status == 409)
        #expect(try again.json["reason"] == "Conflict")
    }

    @Test(arguments: [merge, strategic, apply]) func patchesWithAnObject(type: String) async throws {
        let patch: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment", "spec": ["replicas": 7]]
        // What was there before anybody applied anything has an owner of its own.
        let answer = await fixture.send(.patch, "\(path)?fieldManager=me&force=true", patch, type: type)
        #expect(answer.status == 200)
        #expect(try answer.json[path: "spec", "replicas"] == 7)
        #expect(try stored == answer.json)
        let attempt = try #require(fixture.admission.mutated.first)
        #expect(attempt.operation == .update)
        #expect(attempt.oldObject?[path: "spec", "replicas"] == 2)
        #expect(attempt.options["kind"] == "UpdateOptions")
    }

    @Test func patchesWithAListOfChanges() async throws {
        let patch: JSONValue = [["op": "replace", "path": "/spec/replicas", "value": 7]]
        #expect(await fixture.send(.patch, path, patch, type: Self.json).status == 200)
        #expect(try stored[path: "spec", "replicas"] == 7)
        let wrong: JSONValue = [["op": "remove", "path": "/spec/nothing"]]
        let answer = await fixture.send(.patch, path, wrong, type: Self.json)
        #expect(answer.status == 422)
        #expect(try answer.message == "the server rejected our request due to an error in our request")
        #expect(await fixture.send(.patch, path, ["op": "x"], type: Self.json).status == 400)
    }

    @Test func refusesAPatchThatMultipliesTheObject() async throws {
        fixture.cluster.modify(.deployments, test) { $0[path: "spec", "x"] = ["text": .string("0123456789")] }
        let copies = (0..<60).map { number -> JSONValue in
            ["op": "copy", "from": "/spec/x", "path": .string("/spec/x/\(number)")]
        }
        let answer = await fixture.send(.patch, path, .array(copies), type: Self.json)
        #expect(answer.status == 422)
        #expect(try answer.message == "the server rejected our request due to an error in our request")
        #expect(await fixture.send(.patch, path, .array(Array(copies[..<5])), type: Self.json).status == 200)
    }

    @Test func storesNothingAnewThatDoesNotChange() async throws {
        let patch: JSONValue = ["spec": ["replicas": 3]]
        let first = await fixture.send(.patch, path, patch, type: Self.merge)
        let version = fixture.cluster.resourceVersion
        let second = await fixture.send(.patch, path, patch, type: Self.merge)
        #expect(try second.json == first.json)
        #expect(fixture.cluster.resourceVersion == version)
        #expect(fixture.admission.validated.count == 2)
    }

    @Test func storesNothingOnADryRun() async throws {
        let before = try stored
        let answer = await fixture.send(.patch, "\(path)?dryRun=All", ["spec": ["replicas": 7]], type: Self.merge)
        #expect(try answer.json[path: "spec", "replicas"] == 7)
        #expect(try stored == before)
    }

    @Test func triesAPatchAgainWhenSomebodyElseWasFaster() async throws {
        let rivals = Locked(3)
        fixture.admission.onValidate { [cluster = fixture.cluster] _ in
            let count = rivals.withLock { count -> Int in
                count -= 1
                return count
            }
            if count >= 0 {
                cluster.modify(.deployments, test) { object in
                    object[path: "metadata", "annotations", "rival"] = .string("\(count)")
                }
            }
            return []
        }
        let answer = await fixture.send(.patch, path, ["spec": ["replicas": 7]], type: Self.merge)
        #expect(answer.status == 200)
        #expect(try stored.annotation("rival") == "0")
        #expect(try stored[path: "spec", "replicas"] == 7)
        #expect(fixture.admission.mutated.count == 4)
    }

    @Test func givesUpAPatchThatIsAlwaysOvertaken() async throws {
        let count = Locked(0)
        fixture.admission.onValidate { [cluster = fixture.cluster] _ in
            let number = count.withLock { count -> Int in
                count += 1
                return count
            }
            cluster.modify(.deployments, test) { $0[path: "metadata", "annotations", "n"] = .string("\(number)") }
            return []
        }
        let answer = await fixture.send(.patch, path, ["spec": ["replicas": 7]], type: Self.merge)
        #expect(answer.status == 409)
        #expect(fixture.admission.mutated.count == 6)
    }

    @Test func triesNoPatchAgainThatNamesAVersion() async throws {
        let patch: JSONValue = ["metadata": ["resourceVersion": "1"], "spec": ["replicas": 7]]
        let answer = await fixture.send(.patch, path, patch, type: Self.merge)
        #expect(answer.status == 409)
        #expect(fixture.admission.mutated.count == 1)
        #expect(
            try answer.message == "Operation cannot be fulfilled on deployments.apps \"podinfo\": the object has been "
                + "modified; please apply your changes to the latest version and try again"
        )
    }

    @Test func changesOnlyTheStatusThroughItsSubresource() async throws {
        let patch: JSONValue = ["status": ["replicas": 2], "spec": ["replicas": 9]]
        let answer = await fixture.send(.patch, "\(path)/status", patch, type: Self.merge)
        #expect(try answer.json[path: "status", "replicas"] == 2)
        #expect(try answer.json[path: "spec", "replicas"] == 2)
        #expect(fixture.admission.mutated.first?.subresource == "status")
    }

    @Test func scales() async throws {
        let scale = await fixture.send(.get, "\(path)/scale")
        #expect(try scale.json["kind"] == "Scale")
        #expect(try scale.json["apiVersion"] == "autoscaling/v1")
        let answer = await fixture.send(.patch, "\(path)/scale", ["spec": ["replicas": 9]], type: Self.merge)
        #expect(answer.status == 200)
        #expect(try answer.json[path: "spec", "replicas"] == 9)
        #expect(try stored[path: "spec", "replicas"] == 9)
        #expect(try stored.generation == 2)
        let attempt = try #require(fixture.admission.validated.first)
        #expect(attempt.subresource == "scale")
        #expect(attempt.object?["kind"] == "Scale")
        #expect(attempt.object?[path: "spec", "replicas"] == 9)
        #expect(attempt.oldObject?[path: "spec", "replicas"] == 2)
    }

    @Test func createsWhatIsAppliedAndNotThere() async throws {
        let body = Array("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: new\ndata: {a: b}\n".utf8)
        let path = "\(configMaps)/new?fieldManager=kubectl&force=false"
        let first = await fixture.send(.patch, path, bytes: body, Self.apply)
        #expect(first.status == 201)
        #expect(fixture.admission.mutated.first?.operation == .create)
        let second = await fixture.send(.patch, path, bytes: body, Self.apply)
        #expect(second.status == 200)
        #expect(try second.json.resourceVersion == first.json.resourceVersion)
    }

    @Test func refusesToApplyWithoutAManagerOrAKind() async throws {
        let object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap"]
        #expect(await fixture.send(.patch, "\(configMaps)/a", object, type: Self.apply).status == 422)
        let path = "\(configMaps)/a?fieldManager=me"
        #expect(await fixture.send(.patch, path, ["kind": "ConfigMap"], type: Self.apply).status == 400)
    }

    @Test func patchesOnlyWhatIsThere() async throws {
        let answer = await fixture.send(.patch, "\(configMaps)/a", .object(JSONObject()), type: Self.merge)
        #expect(answer.status == 404)
        #expect(try answer.message == "configmaps \"a\" not found")
    }

    @Test func wantsAVersionInThePUTOfACustomResource() async throws {
        let proxy: JSONValue = ["metadata": ["name": "a", "namespace": "test"], "spec": .object(JSONObject())]
        fixture.cluster.put(.httpProxies, proxy)
        let path = "/apis/projectcontour.io/v1/namespaces/test/httpproxies/a"
        let answer = await fixture.send(.put, path, proxy)
        #expect(answer.status == 422)
        #expect(try answer.json[path: "details", "causes"]?[0]?["field"] == "metadata.resourceVersion")
    }
}
