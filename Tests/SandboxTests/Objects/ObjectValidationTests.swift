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

    @Test(arguments: [
        (
            #"{"name":"check"}"#,
            #"name: Invalid value: "check": should be a domain with at least three segments separated by dots"#
        ),
        (
            #"{"timeoutSeconds":31}"#,
            "timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds"
        ),
        (#"{"sideEffects":null}"#, "sideEffects: Required value: must specify one of None, NoneOnDryRun"),
        (
            #"{"sideEffects":"Some"}"#,
            #"sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun""#
        ),
        (
            #"{"admissionReviewVersions":null}"#,
            "admissionReviewVersions: Required value: must specify one of v1, v1beta1"
        ),
        (
            #"{"admissionReviewVersions":["v2"]}"#,
            #"admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1"#
        ),
        (
            #"{"clientConfig":{"url":null}}"#,
            "clientConfig: Required value: exactly one of url or service is required"
        ),
        (
            #"{"clientConfig":{"url":"http://hook.test/"}}"#,
            """
            clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: \
            https://host[/path]
            """
        ),
        (
            #"{"failurePolicy":"Retry"}"#,
            #"failurePolicy: Unsupported value: "Retry": supported values: "Fail", "Ignore""#
        ),
    ])
    func checksTheRegistrationsOfWebhooks(changes: String, problem: String) throws {
        let changed = webhook("b.example.com", try JSONValue(parsing: changes))
        for type in [ResourceType.mutatingWebhooks, .validatingWebhooks] {
            let object = ObjectDefaults.completed(["webhooks": [webhook("a.example.com"), changed]], type)
            #expect(ObjectValidation.causes(in: object, type).map(\.text) == ["webhooks[1].\(problem)"])
        }
    }

    @Test func wantsNamesOfWebhooksToDiffer() {
        let object: JSONValue = ["webhooks": [webhook("a.example.com"), webhook("a.example.com")]]
        #expect(
            ObjectValidation.causes(in: object, .validatingWebhooks).map(\.text)
                == ["webhooks[1].name: Duplicate value: \"a.example.com\""]
        )
    }

    @Test func wantsADefinitionToBeNamedAfterItsKind() throws {
        var object = try #require(try RepositoryFiles.documents("manifests/base/crds/canaries.yaml").first)
        #expect(ObjectValidation.causes(in: object, .customResourceDefinitions).isEmpty)
        object[path: "metadata", "name"] = "canaries"
        #expect(
            ObjectValidation.causes(in: object, .customResourceDefinitions).map(\.text)
                == [#"metadata.name: Invalid value: "canaries": must be spec.names.plural+"."+spec.group"#]
        )
    }

    @Test func allowsTheProductsOwnRegistrations() throws {
        let documents = try RepositoryFiles.documents("manifests/base/webhooks.yaml")
        #expect(documents.count == 2)
        for (document, type) in zip(documents, [ResourceType.validatingWebhooks, .mutatingWebhooks]) {
            let object = ObjectDefaults.completed(document, type)
            #expect(ObjectValidation.causes(in: object, type).isEmpty)
        }
    }
}
