import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ObjectValidationTests {
    private var valid: JSONValue {
        var object = deployment()
        object[path: "spec", "template", "metadata"] = ["labels": ["app": "podinfo", "tier": "web"]]
        return object
    }

    @Test func findsNothingWrongWithTheExample() throws {
        let example = try #require(try RepositoryFiles.documents("manifests/examples/deployment.yaml").first)
        #expect(ObjectValidation.causes(in: example, .deployments, replacing: example).isEmpty)
        #expect(ObjectValidation.causes(in: valid, .deployments).isEmpty)
        #expect(ObjectValidation.causes(in: configMap("a"), .configMaps).isEmpty)
    }

    @Test func wantsTheSelectorToMatchTheTemplate() {
        var object = valid
        object[path: "spec", "template", "metadata", "labels", "app"] = "other"
        let causes = ObjectValidation.causes(in: object, .deployments)
        let problem = #"Invalid value: {"app":"other","tier":"web"}: `selector` does not match template `labels`"#
        #expect(causes.map(\.text) == ["spec.template.metadata.labels: \(problem)"])
        object[path: "spec", "selector"] = .object(JSONObject())
        #expect(
            ObjectValidation.causes(in: object, .deployments).map(\.message)
                == ["Invalid value: {}: empty selector is invalid for deployment"]
        )
    }

    @Test func keepsTheSelector() {
        var object = valid
        object[path: "spec", "selector", "matchLabels"] = ["tier": "web"]
        #expect(
            ObjectValidation.causes(in: object, .deployments, replacing: valid).map(\.text)
                == [#"spec.selector: Invalid value: {"matchLabels":{"tier":"web"}}: field is immutable"#]
        )
    }

    @Test func wantsContainersWithNameAndImage() {
        var object = valid
        object[path: "spec", "replicas"] = -1
        object[path: "spec", "template", "spec", "containers"] = [["name": "a"], ["name": "a", "image": "b"]]
        #expect(
            ObjectValidation.causes(in: object, .deployments).map(\.text) == [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.template.spec.containers[0].image: Required value",
                "spec.template.spec.containers[1].name: Duplicate value: \"a\"",
            ]
        )
    }

    @Test(arguments: [
        ("{}", "spec.ports: Required value"),
        (#"{"ports":[{"port":0}]}"#, "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive"),
        (#"{"ports":[{"port":1,"name":"a"},{"port":2}]}"#, "spec.ports[1].name: Required value"),
    ])
    func checksThePortsOfAService(spec: String, problem: String) throws {
        let causes = ObjectValidation.causes(in: ["spec": try JSONValue(parsing: spec)], .services)
        #expect(causes.map(\.text) == [problem])
    }
}
