import Admission
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CreatingTests {
    private let fixture = APIFixture()

    private static let proxies = "/apis/projectcontour.io/v1/namespaces/test/httpproxies"

    @Test func storesWhatIsPosted() async throws {
        let answer = await fixture.send(.post, "\(deployments)?fieldManager=kubectl-create", podinfo())
        #expect(answer.status == 201)
        let stored = try #require(fixture.cluster.object(.deployments, test))
        #expect(try answer.json == stored)
        #expect(stored.generation == 1)
        #expect(stored[path: "metadata", "creationTimestamp"] == "2026-11-25T04:00:00Z")
    }

    @Test func fillsInKindAndNamespaceFromThePath() async throws {
        let answer = await fixture.send(.post, configMaps, ["metadata": ["name": "a"]])
        #expect(try answer.json["kind"] == "ConfigMap")
        #expect(try answer.json["apiVersion"] == "v1")
        #expect(try answer.json.namespace == "test")
    }

    @Test func takesYAML() async throws {
        let body = Array("metadata:\n  name: a\ndata:\n  b: c\n".utf8)
        let answer = await fixture.send(.post, configMaps, bytes: body, "application/yaml")
        #expect(try answer.json["data"] == ["b": "c"])
    }

    @Test func generatesAName() async throws {
        let answer = await fixture.send(.post, configMaps, ["metadata": ["generateName": "a-"]])
        #expect(answer.status == 201)
        let name = try answer.json.name
        #expect(name.hasPrefix("a-") && name.count == 7)
        #expect(fixture.admission.mutated.first?.key.name == "")
        #expect(fixture.admission.validated.first?.key.name == name)
    }

    @Test func wantsTheNamespaceToBeThere() async throws {
        let answer = await fixture.send(.post, "/api/v1/namespaces/x/configmaps", ["metadata": ["name": "a"]])
        #expect(answer.status == 404)
        #expect(try answer.message == "namespaces \"x\" not found")
        #expect(fixture.admission.mutated.isEmpty)
    }

    @Test func makesNamespacesActiveAndLabelled() async throws {
        let answer = await fixture.send(.post, "/api/v1/namespaces", ["metadata": ["name": "new"]])
        #expect(try answer.json.label("kubernetes.io/metadata.name") == "new")
        #expect(try answer.json[path: "status", "phase"] == "Active")
        #expect(fixture.admission.mutated.first?.object?.label("kubernetes.io/metadata.name") == "new")
    }

    @Test func hasTheNamespacesOfAFreshCluster() {
        #expect(fixture.cluster.objects(.namespaces).map(\.name) == ["default", "kube-system", "test"])
    }

    @Test func storesWhatAdmissionMakesOfIt() async throws {
        fixture.admission.onMutate { attempt in
            var object = attempt.object
            object?[path: "metadata", "annotations", "a"] = "b"
            return (object, [])
        }
        let answer = await fixture.send(.post, deployments, podinfo())
        #expect(try answer.json.annotation("a") == "b")
        #expect(fixture.admission.validated.first?.object?.annotation("a") == "b")
    }

    @Test func tellsAdmissionAllThatItMustKnow() async throws {
        _ = await fixture.send(
            .post,
            "\(deployments)?fieldManager=kubectl-create&fieldValidation=Strict",
            podinfo(),
            token: "root"
        )
        let attempt = try #require(fixture.admission.mutated.first)
        #expect(attempt.operation == .create)
        #expect(attempt.type == .deployments)
        #expect(attempt.key == test)
        #expect(attempt.subresource == nil)
        #expect(attempt.oldObject == nil)
        #expect(attempt.user == APIUser(name: "admin", groups: ["system:masters", "system:authenticated"]))
        #expect(
            attempt.options == [
                "kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1", "fieldManager": "kubectl-create",
                "fieldValidation": "Strict",
            ]
        )
    }

    @Test func showsTheMutatingAndTheValidatingPhaseDifferentObjects() async throws {
        var proposed = podinfo()
        proposed[path: "metadata", "uid"] = "mine"
        proposed["status"] = ["replicas": 9]
        _ = await fixture.send(.post, deployments, proposed)
        let mutated = try #require(fixture.admission.mutated.first?.object)
        let validated = try #require(fixture.admission.validated.first?.object)
        #expect(mutated.uid == "" && mutated["status"] != nil && mutated.generation == 0)
        #expect(validated.uid != "" && validated["status"] == nil && validated.generation == 1)
        #expect(validated.uid == fixture.cluster.object(.deployments, test)?.uid)
        #expect(validated.resourceVersion == "")
    }

    @Test func answersWithAdmissionsRefusal() async throws {
        fixture.admission.onMutate { _ throws(KubernetesError) in throw denial("no") }
        let answer = await fixture.send(.post, deployments, podinfo())
        #expect(answer.status == 403)
        #expect(try answer.message == "no")
        #expect(fixture.cluster.object(.deployments, test) == nil)
        #expect(fixture.admission.validated.isEmpty)
    }

    @Test func storesNothingOnADryRun() async throws {
        let answer = await fixture.send(.post, "\(deployments)?dryRun=All", podinfo())
        #expect(answer.status == 201)
        #expect(try answer.json.uid != "")
        #expect(fixture.cluster.object(.deployments, test) == nil)
        #expect(fixture.admission.mutated.first?.isDryRun == true)
        #expect(fixture.admission.mutated.first?.options["dryRun"] == ["All"])
    }

    @Test func refusesANameThatIsTaken() async throws {
        _ = await fixture.send(.post, deployments, podinfo())
        let answer = await fixture.send(.post, deployments, podinfo())
        #expect(answer.status == 409)
        #expect(try answer.message == "deployments.apps \"podinfo\" already exists")
    }

    @Test func takesAnHTTPProxy() async throws {
        let proxy: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy", "metadata": ["name": "a"],
            "spec": ["virtualhost": ["fqdn": "a.example"]], "status": ["currentStatus": "mine"],
        ]
        let answer = await fixture.send(.post, Self.proxies, proxy)
        #expect(answer.status == 201)
        #expect(try answer.json["status"] == nil)
        let list = await fixture.send(.get, Self.proxies)
        #expect(try list.json["kind"] == "HTTPProxyList")
        #expect(try list.json["items"]?[0]?["kind"] == "HTTPProxy")
    }
}
