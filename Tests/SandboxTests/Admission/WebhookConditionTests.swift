import Admission
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// The `matchConditions` of webhooks.
@Suite(.timeLimit(.minutes(1))) struct WebhookConditionTests {
    private func bench(_ expressions: [String], _ changes: JSONValue = .object(JSONObject())) -> AdmissionBench {
        let bench = AdmissionBench()
        let conditions = expressions.enumerated()
            .map { index, text -> JSONValue in ["name": .string("c\(index)"), "expression": .string(text)] }
        let registration = webhook("check.example.com", ["matchConditions": .array(conditions)]).merging(changes)
        bench.register(mutating: false, [registration])
        bench.register(mutating: true, [registration])
        return bench
    }

    private func labelled() -> JSONValue {
        var object = configMap("a")
        object[path: "metadata", "labels"] = ["app": "x", "tier": "back"]
        object["data"] = ["size": "3"]
        return object
    }

    private func isAsked(_ expressions: [String]) async throws -> Bool {
        let bench = bench(expressions)
        _ = try await bench.admission.mutate(attempt(labelled()))
        _ = try await bench.admission.validate(attempt(labelled()))
        #expect([0, 2].contains(bench.server.reviews.count))
        return !bench.server.reviews.isEmpty
    }

    @Test(
        arguments: [
            "true", "object.metadata.name == 'a'", "request.userInfo.username != 'system:serviceaccount:ns:own'",
            "!(request.userInfo.username.startsWith('system:node:'))", "'system:masters' in request.userInfo.groups",
            "!('system:nodes' in request.userInfo.groups)", "request.operation in ['CREATE', 'UPDATE']",
            "request.resource.group != \"coordination.k8s.io\" && request.dryRun == false",
            "has(object.metadata.labels) && object.metadata.labels['app'] == \"x\"", "oldObject == null",
            "has(object.spec) ? object.spec.replicas > 1 : size(object.data) == 1",
            "request.userInfo.groups.exists(g, g.endsWith(':masters'))",
            "object.metadata.labels.all(key, key.matches('^[a-z]+$'))", "int(object.data.size) * 2 + 1 >= 7",
            "false || !has(object.metadata.annotations)", "object.missing == 1 || true", "true || object.missing == 1",
            "[1, 2, 3].filter(n, n % 2 == 1).map(n, n + 1) == [2, 4]", "{'a': 1}.a == 1",
            "'app' in object.metadata.labels",
        ]
    )
    func asksWhereAConditionHolds(expression: String) async throws { #expect(try await isAsked([expression])) }

    @Test(
        arguments: [
            "false", "object.metadata.name == 'b'", "request.operation == 'DELETE'", "has(object.metadata.annotations)",
            "object.missing == 1 && false", "size('abc') < 3", "!(request.userInfo.username == 'admin')", "1 == 2",
            "object.metadata.labels.app.contains('y')", "[1, 2].all(n, n > 1)",
        ]
    )
    func doesNotAskWhereItDoesNot(expression: String) async throws { #expect(try await !isAsked([expression])) }

    @Test func wantsAllConditionsToHold() async throws {
        #expect(try await isAsked(["true", "request.dryRun == false"]))
        #expect(try await !isAsked(["true", "request.dryRun"]))
    }

    @Test func refusesTheRequestWhereAConditionHasNoValue() async throws {
        let expression = "object.metadata.annotations.foo == \"x\""
        let bench = bench([expression])
        let error = await failure { () async throws(KubernetesError) in try await bench.admission.validate(attempt()) }
        #expect(error?.code == 403)
        #expect(error?.reason == "Forbidden")
        #expect(
            error?.message
                == "configmaps \"a\" is forbidden: expression '\(expression)' resulted in error: no such key: annotations"
        )
        #expect(bench.server.reviews.isEmpty)
    }

    @Test func letsAFalseConditionDecideOverOneWithoutAValue() async throws {
        #expect(try await !isAsked(["object.missing == 1", "false"]))
    }

    @Test func passesTheWebhookOverWhereItsFailuresAreIgnored() async throws {
        let bench = bench(["object.missing == 1"], ["failurePolicy": "Ignore"])
        _ = try await bench.admission.validate(attempt())
        #expect(bench.server.reviews.isEmpty)
    }

    @Test(
        arguments: [
            ("1 + 1", "must evaluate to bool but got int"), ("'a'", "must evaluate to bool but got string"),
            ("object.", "compilation failed: ERROR: expected a name, found end of the expression"),
            ("(true", "compilation failed: ERROR: expected ')', found end of the expression"),
            ("true true", "compilation failed: ERROR: unexpected 'true' behind the expression"),
            ("a ~ b", "compilation failed: ERROR: token recognition error at: '~'"),
        ]
    )
    func refusesARegistrationWithAConditionThatIsNone(expression: String, problem: String) {
        let registration = webhook(
            "check.example.com",
            ["matchConditions": [["name": "a", "expression": .string(expression)]]]
        )
        let object = ObjectDefaults.completed(
            ["metadata": ["name": "hooks"], "webhooks": [registration]],
            .validatingWebhooks
        )
        let causes = ObjectValidation.causes(in: object, .validatingWebhooks)
        #expect(causes.map(\.field) == ["webhooks[0].matchConditions[0].expression"])
        #expect(causes.first?.message.hasSuffix(": \(problem)") == true, "\(causes)")
    }

    @Test func wantsNamesOfItsOwnForConditions() {
        let twice: JSONValue = [["name": "a", "expression": "true"], ["name": "a", "expression": "true"]]
        let object: JSONValue = ["webhooks": [webhook("check.example.com", ["matchConditions": twice])]]
        let causes = ObjectValidation.causes(in: object, .validatingWebhooks)
        #expect(causes.map(\.text) == ["webhooks[0].matchConditions[1].name: Duplicate value: \"a\""])
    }
}
