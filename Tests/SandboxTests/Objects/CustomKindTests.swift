import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CustomKindTests {
    @Test func readsTheServedVersions() throws {
        let definition = try JSONValue(
            parsing: """
                {"spec":{"group":"example.com","scope":"Cluster","names":{"kind":"Widget","plural":"widgets",
                "shortNames":["wd"],"categories":["all"]},"versions":[{"name":"v1","served":true,
                "subresources":{"status":{}},"additionalPrinterColumns":[{"name":"A"}]},{"name":"v2","served":false},
                {"name":"v3","served":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """
        )
        let kinds = CustomKind.kinds(of: definition)
        #expect(kinds.map(\.type.version) == ["v1", "v3"])
        let first = try #require(kinds.first)
        #expect(
            first.type
                == ResourceType(
                    group: "example.com",
                    version: "v1",
                    plural: "widgets",
                    kind: "Widget",
                    isNamespaced: false
                )
        )
        #expect(first.singular == "widget")
        #expect(first.shortNames == ["wd"])
        #expect(first.categories == ["all"])
        #expect(first.columns == [["name": "A"]])
        #expect(kinds.map(\.hasStatus) == [true, false])
        #expect(CustomKind.kinds(of: ["spec": ["group": "example.com"]]).isEmpty)
    }

    @Test(arguments: [
        ("{}", #"{"b":1}"#, #"{"b":1}"#),
        (
            #"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            #"{"apiVersion":"v1","kind":"K","metadata":{"x":1},"a":"1","b":1}"#,
            #"{"apiVersion":"v1","kind":"K","metadata":{"x":1},"a":"1"}"#
        ),
        (
            #"{"properties":{"a":{"type":"object","properties":{"b":{}}}}}"#, #"{"a":{"b":{"c":1},"kind":"K"}}"#,
            #"{"a":{"b":{}}}"#
        ),
        (
            #"{"x-kubernetes-preserve-unknown-fields":true,"properties":{"a":{"type":"object"}}}"#,
            #"{"a":{"b":1},"c":{"d":1}}"#, #"{"a":{},"c":{"d":1}}"#
        ),
        (
            #"{"properties":{"a":{"additionalProperties":{"properties":{"b":{}}}}}}"#,
            #"{"a":{"x":{"b":1,"c":2}}}"#, #"{"a":{"x":{"b":1}}}"#
        ),
        (#"{"properties":{"a":{"additionalProperties":true}}}"#, #"{"a":{"x":{"b":1}}}"#, #"{"a":{"x":{"b":1}}}"#),
        (#"{"properties":{"a":{"items":{"properties":{"b":{}}}}}}"#, #"{"a":[{"b":1,"c":2}]}"#, #"{"a":[{"b":1}]}"#),
        (
            #"{"properties":{"a":{"x-kubernetes-embedded-resource":true,"properties":{"spec":{"properties":{}}}}}}"#,
            #"{"a":{"kind":"K","metadata":{"x":1},"spec":{"y":1},"z":1}}"#,
            #"{"a":{"kind":"K","metadata":{"x":1},"spec":{}}}"#
        ),
        (
            #"{"properties":{"a":{"x-kubernetes-int-or-string":true},"b":{"x-kubernetes-int-or-string":true}}}"#,
            #"{"a":"http","b":80}"#, #"{"a":"http","b":80}"#
        ),
    ])
    func prunes(schema: String, object: String, pruned: String) throws {
        #expect(try kind(schema).pruned(JSONValue(parsing: object)).text == pruned)
    }

    @Test(arguments: [
        (#"{"properties":{"a":{"type":"integer","default":1}}}"#, "{}", #"{"a":1}"#),
        (#"{"properties":{"a":{"type":"integer","default":1}}}"#, #"{"a":2}"#, #"{"a":2}"#),
        (#"{"properties":{"a":{"type":"integer","default":1}}}"#, #"{"a":null}"#, #"{"a":1}"#),
        (#"{"properties":{"a":{"type":"integer","default":1,"nullable":true}}}"#, #"{"a":null}"#, #"{"a":null}"#),
        (#"{"properties":{"a":{"type":"integer"}}}"#, #"{"a":null}"#, "{}"),
        (
            #"{"properties":{"a":{"type":"object","default":{},"properties":{"b":{"type":"string","default":"c"}}}}}"#,
            "{}", #"{"a":{"b":"c"}}"#
        ),
        (#"{"properties":{"a":{"type":"object","properties":{"b":{"type":"string","default":"c"}}}}}"#, "{}", "{}"),
        (
            #"{"properties":{"a":{"items":{"properties":{"b":{"type":"boolean","default":true}}}}}}"#,
            #"{"a":[{}]}"#, #"{"a":[{"b":true}]}"#
        ),
    ])
    func fillsInDefaults(schema: String, object: String, completed: String) throws {
        let kind = try kind(schema)
        let result = try kind.pruned(JSONValue(parsing: object))
        #expect(result.text == completed)
        #expect(kind.pruned(result) == result)
    }

    @Test(arguments: [
        (#"{"maximum":100}"#, "150", "Invalid value: 150: a in body should be less than or equal to 100"),
        (#"{"maximum":100,"exclusiveMaximum":true}"#, "100", "Invalid value: 100: a in body should be less than 100"),
        (#"{"minimum":1}"#, "0", "Invalid value: 0: a in body should be greater than or equal to 1"),
        (#"{"type":"integer"}"#, #""1""#, #"Invalid value: "string": a in body must be of type integer: "string""#),
        (#"{"type":"integer"}"#, "1.5", #"Invalid value: "number": a in body must be of type integer: "number""#),
        (#"{"type":"string"}"#, "null", #"Invalid value: "null": a in body must be of type string: "null""#),
        (#"{"enum":["x","y"]}"#, #""z""#, #"Unsupported value: "z": supported values: "x", "y""#),
        (#"{"pattern":"^a+$"}"#, #""b""#, "Invalid value: \"b\": a in body should match '^a+$'"),
        (#"{"minLength":2}"#, #""b""#, "Invalid value: \"b\": a in body should be at least 2 chars long"),
        (#"{"maxLength":1}"#, #""bc""#, "Too long: may not be more than 1 bytes"),
        (#"{"minItems":1}"#, "[]", "Invalid value: 0: a in body should have at least 1 items"),
        (#"{"maxItems":1}"#, "[1,2]", "Too many: 2: must have at most 1 items"),
        (
            #"{"anyOf":[{"required":["b"]},{"required":["c"]}]}"#, "{}",
            "Invalid value: {}: a in body must validate at least one schema (anyOf)"
        ),
    ])
    func saysWhatTheSchemaDoesNotAllow(schema: String, value: String, message: String) throws {
        let kind = try kind(#"{"type":"object","properties":{"a":\#(schema)}}"#)
        #expect(kind.causes(in: ["a": try JSONValue(parsing: value)]).map(\.text) == ["a: \(message)"])
    }

    @Test(arguments: [
        (#"{"type":"number"}"#, "1"), (#"{"type":"string","nullable":true}"#, "null"),
        (#"{"pattern":"^a+$"}"#, #""aa""#),
        (#"{"x-kubernetes-int-or-string":true}"#, #""http""#), (#"{"enum":["x"]}"#, #""x""#),
        (#"{"maximum":100}"#, "100"),
        ("{}", "null"),
    ])
    func allowsWhatFits(schema: String, value: String) throws {
        let kind = try kind(#"{"type":"object","properties":{"a":\#(schema)}}"#)
        #expect(kind.causes(in: ["a": try JSONValue(parsing: value)]).isEmpty)
    }

    @Test func checksACanaryAgainstItsDefinition() throws {
        let definition = try #require(try RepositoryFiles.documents("manifests/base/crds/canaries.yaml").first)
        let kind = try #require(CustomKind.kinds(of: definition).first)
        #expect(kind.type == .canaries)
        var canary = try #require(try RepositoryFiles.documents("manifests/examples/canary.yaml").first)
        #expect(kind.causes(in: canary).isEmpty)
        #expect(kind.pruned(canary) == canary)
        canary[path: "spec", "analysis", "maxWeight"] = 150
        canary[path: "spec", "service"] = nil
        let causes = kind.causes(in: canary)
        #expect(
            causes.map(\.text) == [
                "spec.service: Required value",
                "spec.analysis.maxWeight: Invalid value: 150: spec.analysis.maxWeight in body should be less than or equal to 100",
            ]
        )
        let error = KubernetesError.invalid("create", kind.type, name: "podinfo", causes: causes)
        #expect(error.code == 422)
        #expect(error.message.hasPrefix("Canary.flagger.app \"podinfo\" is invalid: [spec.service: Required value, "))
        #expect(
            error.status?[path: "details", "causes"]?[0]
                == ["reason": "FieldValueRequired", "message": "Required value", "field": "spec.service"]
        )
    }

    /// A kind whose schema is `schema`.
    private func kind(_ schema: String) throws -> CustomKind {
        let definition: JSONValue = [
            "spec": [
                "group": "example.com", "names": ["kind": "K", "plural": "ks"],
                "versions": [
                    ["name": "v1", "served": true, "schema": ["openAPIV3Schema": try JSONValue(parsing: schema)]]
                ],
            ]
        ]
        return try #require(CustomKind.kinds(of: definition).first)
    }
}
