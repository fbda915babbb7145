import Admission
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeletingTests {
    private let fixture = APIFixture()
    private let path = "\(deployments)/podinfo"

    init() { fixture.cluster.put(.deployments, podinfo()) }

    private var isThere: Bool { fixture.cluster.object(.deployments, test) != nil }

    @Test func saysWhatIsGone() async throws {
        let uid = fixture.cluster.object(.deployments, test)?.uid ?? ""
        let answer = await fixture.send(.delete, path, ["propagationPolicy": "Background"])
        #expect(answer.status == 200)
        #expect(
            try answer.json == [
                "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success",
                "details": ["name": "podinfo", "group": "apps", "kind": "deployments", "uid": .string(uid)],
            ]
        )
        #expect(!isThere)
        #expect(await fixture.send(.delete, path).status == 404)
    }

    @Test func asksAdmissionWithTheOldObject() async throws {
        fixture.admission.onValidate { _ throws(KubernetesError) in throw denial("no") }
        let answer = await fixture.send(.delete, path, ["propagationPolicy": "Background"])
        #expect(answer.status == 403)
        #expect(isThere)
        let attempt = try #require(fixture.admission.validated.first)
        #expect(attempt.operation == .delete)
        #expect(attempt.object == nil)
        #expect(attempt.oldObject == fixture.cluster.object(.deployments, test))
        #expect(
            attempt.options == [
                "propagationPolicy": "Background", "kind": "DeleteOptions", "apiVersion": "meta.k8s.io/v1",
            ]
        )
    }

    @Test(
        arguments: [
            ("uid", "the UID in the precondition (x) does not match the UID in record ("),
            (
                "resourceVersion",
                "the ResourceVersion in the precondition (x) does not match the ResourceVersion in record ("
            ),
        ]
    )
    func keepsToPreconditions(field: String, problem: String) async throws {
        let wrong = await fixture.send(.delete, path, ["preconditions": [field: "x"]])
        #expect(wrong.status == 409)
        #expect(
            try wrong.message?.hasPrefix(
                "Operation cannot be fulfilled on Deployment.apps \"podinfo\": \(problem)"
            ) == true
        )
        let object = try #require(fixture.cluster.object(.deployments, test))
        let value = field == "uid" ? object.uid : object.resourceVersion
        #expect(await fixture.send(.delete, path, ["preconditions": [field: .string(value)]]).status == 200)
    }

    @Test func showsWhatFinalizersHoldBack() async throws {
        fixture.cluster.modify(.deployments, test) { $0[path: "metadata", "finalizers"] = ["a.example/b"] }
        let answer = await fixture.send(.delete, path)
        #expect(answer.status == 200)
        #expect(try answer.json["kind"] == "Deployment")
        #expect(try answer.json[path: "metadata", "deletionTimestamp"] == "2026-11-25T04:00:00Z")
        let patch: JSONValue = ["metadata": ["finalizers": .null]]
        let freed = await fixture.send(.patch, path, patch, type: "application/merge-patch+json")
        #expect(freed.status == 200)
        #expect(!isThere)
    }

    @Test func leavesOrphansWhenTold() async throws {
        let uid = fixture.cluster.object(.deployments, test)?.uid ?? ""
        for name in ["a", "b"] {
            var owned = configMap(name)
            owned[path: "metadata", "ownerReferences"] = [["uid": .string(name == "a" ? uid : "other")]]
            fixture.cluster.put(.configMaps, owned)
        }
        _ = await fixture.send(.delete, path, ["propagationPolicy": "Orphan"])
        let orphan = fixture.cluster.object(.configMaps, "test", "a")
        #expect(orphan != nil && orphan?[path: "metadata", "ownerReferences"] == nil)
        #expect(fixture.cluster.object(.configMaps, "test", "b")?[path: "metadata", "ownerReferences"] != nil)
    }

    @Test func deletesNothingOnADryRun() async {
        #expect(await fixture.send(.delete, "\(path)?dryRun=All").status == 200)
        #expect(await fixture.send(.delete, path, ["dryRun": ["All"]]).status == 200)
        #expect(isThere)
        #expect(fixture.admission.mutated.map(\.isDryRun) == [true, true])
    }

    @Test func deletesACollectionOneByOne() async throws {
        for name in ["a", "b", "c"] {
            var object = configMap(name)
            object[path: "metadata", "labels", "keep"] = name == "b" ? "yes" : "no"
            fixture.cluster.put(.configMaps, object)
        }
        let answer = await fixture.send(.delete, "\(configMaps)?labelSelector=keep%3Dno")
        #expect(answer.status == 200)
        #expect(fixture.cluster.objects(.configMaps).map(\.name) == ["b"])
        #expect(fixture.admission.mutated.map(\.key.name) == ["", ""])
        #expect(fixture.admission.mutated.map(\.oldObject?.name) == ["a", "c"])
    }

    @Test func takesAllThatIsInANamespace() async throws {
        let path = "/api/v1/namespaces/test"
        #expect(await fixture.send(.delete, path).status == 200)
        #expect(!isThere)
        #expect(await fixture.send(.get, path).status == 404)
    }

    @Test func keepsANamespaceUntilAllInItIsGone() async throws {
        fixture.cluster.modify(.deployments, test) { $0[path: "metadata", "finalizers"] = ["a.example/b"] }
        let answer = await fixture.send(.delete, "/api/v1/namespaces/test")
        #expect(try answer.json[path: "status", "phase"] == "Terminating")
        let late = await fixture.send(.post, configMaps, configMap("late"))
        #expect(late.status == 403)
        #expect(
            try late.message == "configmaps is forbidden: unable to create new content in namespace test because it "
                + "is being terminated"
        )
        let patch: JSONValue = ["metadata": ["finalizers": .null]]
        _ = await fixture.send(.patch, path, patch, type: "application/merge-patch+json")
        #expect(await fixture.send(.get, "/api/v1/namespaces/test").status == 404)
    }
}
