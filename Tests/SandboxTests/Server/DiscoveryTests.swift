import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DiscoveryTests {
    private let fixture = APIFixture()

    @Test func namesTheCoreVersion() async throws {
        let answer = await fixture.send(.get, "/api?timeout=32s", token: "bob")
        #expect(try answer.json == ["kind": "APIVersions", "versions": ["v1"]])
        #expect(answer.fields[.contentType] == "application/json")
    }

    @Test func namesTheGroups() async throws {
        let answer = await fixture.send(.get, "/apis", token: "bob")
        let names = try (answer.json["groups"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(
            names == [
                "apps", "batch", "autoscaling", "discovery.k8s.io", "policy", "rbac.authorization.k8s.io",
                "admissionregistration.k8s.io",
                "apiextensions.k8s.io", "coordination.k8s.io", "networking.k8s.io", "projectcontour.io", "keda.sh",
                "authentication.k8s.io",
                "authorization.k8s.io",
            ]
        )
        #expect(
            try answer.json["groups"]?[0]?["preferredVersion"] == ["groupVersion": "apps/v1", "version": "v1"]
        )
    }

    @Test func describesAKindAndItsSubresources() async throws {
        let answer = await fixture.send(.get, "/apis/apps/v1")
        let resources = try answer.json["resources"]?.array ?? []
        let deployment = try #require(resources.first { $0["name"] == "deployments" })
        #expect(deployment["kind"] == "Deployment")
        #expect(deployment["namespaced"] == true)
        #expect(deployment["singularName"] == "deployment")
        #expect(deployment["shortNames"] == ["deploy"])
        #expect(deployment["categories"] == ["all"])
        let verbs = (deployment["verbs"]?.array ?? []).compactMap(\.string)
        #expect(verbs == ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])
        let scale = try #require(resources.first { $0["name"] == "deployments/scale" })
        #expect(scale["group"] == "autoscaling" && scale["version"] == "v1" && scale["kind"] == "Scale")
        #expect(resources.contains { $0["name"] == "deployments/status" })
    }

    @Test(arguments: ["/healthz", "/livez", "/readyz"]) func saysThatItLivesToAnybody(path: String) async {
        let answer = await fixture.send(.get, path, token: nil)
        #expect(answer.status == 200)
        #expect(answer.text == "ok")
    }

    @Test(arguments: ["/apis/nothing.example/v1", "/apis/apps/v9", "/nothing", "/apis/nothing.example"])
    func hasNoOtherDocuments(path: String) async {
        let answer = await fixture.send(.get, path)
        #expect(answer.status == 404)
        #expect(answer.text == "404 page not found\n")
    }
}
