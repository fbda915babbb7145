import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Fields that are unknown or of a wrong type.
@Suite(.timeLimit(.minutes(1))) struct FieldValidationTests {
    private let fixture = APIFixture()

    private func misspelt() -> JSONValue {
        var object = podinfo()
        object["status"] = nil
        object[path: "spec", "replica"] = 2
        object[path: "spec", "template", "spec", "containers"] = [["name": "a", "image": "a:1", "imag": "b"]]
        return object
    }

    @Test func refusesUnknownFieldsWhereTheClientIsStrict() async throws {
        let answer = await fixture.send(.post, "\(deployments)?fieldValidation=Strict", misspelt())
        #expect(answer.status == 400)
        #expect(
            try answer.message == """
                Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field \
                "spec.template.spec.containers[0].imag", unknown field "spec.replica"
                """
        )
    }

    @Test func warnsOfUnknownFieldsAndDropsThem() async throws {
        let answer = await fixture.send(.post, deployments, misspelt())
        #expect(answer.status == 201)
        #expect(
            answer.warnings == [
                "299 - \"unknown field \\\"spec.template.spec.containers[0].imag\\\"\"",
                "299 - \"unknown field \\\"spec.replica\\\"\"",
            ]
        )
        #expect(try answer.json[path: "spec", "replica"] == nil)
        #expect(fixture.admission.mutated.first?.object?[path: "spec", "replica"] == nil)
    }

    @Test func dropsThemInSilence() async throws {
        let answer = await fixture.send(.post, "\(deployments)?fieldValidation=Ignore", misspelt())
        #expect(answer.status == 201)
        #expect(answer.warnings.isEmpty)
        #expect(try answer.json[path: "spec", "replica"] == nil)
    }

    @Test func looksAtWhatAPatchMakes() async throws {
        fixture.cluster.put(.deployments, podinfo())
        let patch: JSONValue = ["spec": ["replica": 2]]
        let path = "\(deployments)/podinfo?fieldValidation=Strict"
        let answer = await fixture.send(.patch, path, patch, type: "application/merge-patch+json")
        #expect(answer.status == 400)
        #expect(try answer.message?.hasSuffix("unknown field \"spec.replica\"") == true)
    }

    @Test func looksAtCustomObjects() async throws {
        fixture.cluster.put(.customResourceDefinitions, widgetDefinition())
        let widget: JSONValue = [
            "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "w"],
            "spec": ["size": 1, "bogus": true],
        ]
        let path = "/apis/example.com/v1/namespaces/test/widgets?fieldValidation=Strict"
        let answer = await fixture.send(.post, path, widget)
        #expect(answer.status == 400)
        #expect(
            try answer.message == """
                Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.bogus"
                """
        )
    }

    @Test(
        arguments: [
            (
                "spec", "replicas", "two" as JSONValue,
                "string into Go struct field DeploymentSpec.spec.replicas of type int32"
            ),
            ("spec", "paused", 1, "number into Go struct field DeploymentSpec.spec.paused of type bool"),
        ]
    )
    func refusesAWrongType(outer: String, field: String, value: JSONValue, problem: String) async throws {
        var object = podinfo()
        object["status"] = nil
        object[path: outer, field] = value
        let answer = await fixture.send(.post, deployments, object)
        #expect(answer.status == 400)
        #expect(
            try answer.message
                == "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal \(problem)"
        )
    }

    @Test(arguments: ["2026-11-23T22:30:00Z", "2026-11-23T22:30:00.123Z", "2026-11-23T22:30:00.123456789Z"])
    func refusesALeaseTimeWithoutSixDigits(time: String) async throws {
        let path = "/apis/coordination.k8s.io/v1/namespaces/test/leases"
        let lease = { (time: String) -> JSONValue in
            ["metadata": ["name": "l"], "spec": ["holderIdentity": "me", "renewTime": .string(time)]]
        }
        let answer = await fixture.send(.post, path, lease(time))
        #expect(answer.status == 400)
        #expect(try answer.message?.contains("parsing time \"\(time)\" as ") == true)
        #expect(await fixture.send(.post, path, lease("2026-11-23T22:30:00.123456Z")).status == 201)
    }
}
