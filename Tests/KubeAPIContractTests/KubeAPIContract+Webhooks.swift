import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

extension KubeAPIContract {
    /// Admission webhooks: what they are asked, and what becomes of their answers.
    @Suite(.timeLimit(.minutes(1))) struct Webhooks {
        private static let allowed: ContractWebhook.Answer = { _ in ["allowed": true] }

        @Test func tellsWhyOneRefused() async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            let answer: ContractWebhook.Answer = { request in
                guard request["operation"] == "CREATE", request["name"] == "bad" else { return ["allowed": true] }
                return ["allowed": false, "status": ["message": "not today", "code": 422], "warnings": ["careful"]]
            }
            try await ContractWebhook.run(in: space, answer: answer) { webhook in
                let refused = try await space.api.send(.post, space.configMaps(), space.asked("bad"))
                #expect(refused.status == 422)
                #expect(
                    try refused.message == "admission webhook \"check.example.com\" denied the request: not today"
                )
                #expect(refused.warnings == ["299 - \"careful\""])
                #expect(try await space.api.send(.get, space.configMaps("bad")).status == 404)
                let fine = try await space.api.send(.post, space.configMaps(), space.asked("good"))
                #expect(fine.status == 201)
                #expect(webhook.requests.count == 2)
            }
        }

        @Test func asksWithTheWholeRequest() async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            try await ContractWebhook.run(in: space, answer: Self.allowed) { webhook in
                let path = space.configMaps("a")
                _ = try await space.api.send(.post, space.configMaps(), space.asked("a"))
                _ = try await space.patch("\(path)?dryRun=All", ["data": ["value": "2"]])
                _ = try await space.api.send(.delete, path)
                let requests = webhook.requests
                #expect(requests.map { $0["operation"] } == ["CREATE", "UPDATE", "DELETE"])
                #expect(requests.map { $0["dryRun"] } == [false, true, false])
                let (made, changed, deleted) = (requests[0], requests[1], requests[2])
                #expect(made["kind"] == ["group": "", "version": "v1", "kind": "ConfigMap"])
                #expect(made["resource"] == ["group": "", "version": "v1", "resource": "configmaps"])
                #expect(made["requestKind"] == made["kind"] && made["requestResource"] == made["resource"])
                #expect(made["name"] == "a" && made["namespace"]?.string == space.name)
                #expect(made["oldObject"] == .null && made["object"]?["kind"] == "ConfigMap")
                #expect(made[path: "object", "metadata", "uid"] != nil)
                #expect(made["options"]?["kind"] == "CreateOptions")
                #expect(changed[path: "object", "data", "value"] == "2")
                #expect(changed[path: "oldObject", "data", "value"] == "1")
                #expect(changed["options"]?["kind"] == "UpdateOptions")
                #expect(deleted["object"] == .null && deleted[path: "oldObject", "data", "value"] == "1")
                #expect(deleted["options"]?["kind"] == "DeleteOptions")
            }
        }

        @Test func appliesThePatchOfAMutatingOne() async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            let patch: JSONValue = [["op": "add", "path": "/data/more", "value": "2"]]
            let text = Base64.encode(patch.serialized)
            let answer: ContractWebhook.Answer = { request in
                guard request["operation"] == "CREATE" else { return ["allowed": true] }
                return ["allowed": true, "patchType": "JSONPatch", "patch": .string(text)]
            }
            try await ContractWebhook.run(in: space, mutating: true, answer: answer) { _ in
                let made = try await space.api.send(.post, space.configMaps(), space.asked("a"))
                #expect(try made.json["data"] == ["value": "1", "more": "2"])
            }
        }

        /// The conditions of `manifests/base/webhooks.yaml`.
        @Test func asksOnlyWhereConditionsHold() async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            let changes: JSONValue = [
                "matchConditions": [
                    [
                        "name": "changes-the-data",
                        "expression": """
                        request.operation == 'DELETE' || !has(object.data) || oldObject == null \
                        || !has(oldObject.data) || object.data != oldObject.data \
                        || has(object.metadata.annotations) != has(oldObject.metadata.annotations)
                        """,
                    ],
                    ["name": "is-of-a-kind", "expression": "request.name in ['a', 'b', 'probe']"],
                ]
            ]
            try await ContractWebhook.run(in: space, changes, answer: Self.allowed) { webhook in
                let path = space.configMaps("a")
                _ = try await space.api.send(.post, space.configMaps(), space.asked("a"))
                _ = try await space.api.send(.post, space.configMaps(), space.asked("other"))
                _ = try await space.patch(path, ["metadata": ["labels": ["x": "y"]]])
                _ = try await space.patch(path, ["metadata": ["annotations": ["x": "y"]]])
                _ = try await space.patch(path, ["data": ["value": "2"]])
                _ = try await space.api.send(.delete, path)
                #expect(webhook.requests.map { $0["operation"] } == ["CREATE", "UPDATE", "UPDATE", "DELETE"])
            }
        }

        @Test func refusesConditionsThatAreNone() async throws {
            let space = try await ContractNamespace()
            let webhook: JSONValue = [
                "name": "check.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "clientConfig": ["url": "https://127.0.0.1:1/"],
                "matchConditions": [["name": "wrong", "expression": "object.("]],
            ]
            let object: JSONValue = ["metadata": ["name": .string(space.name)], "webhooks": [webhook]]
            let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
            let answer = try await space.api.send(.post, "\(path)?dryRun=All", object)
            #expect(answer.status == 422)
            #expect(
                try answer.message.contains("webhooks[0].matchConditions[0].expression: Invalid value: \"object.(\"")
            )
        }

        @Test(arguments: ["Fail", "Ignore"]) func keepsToTheFailurePolicy(policy: String) async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            let changes: JSONValue = ["failurePolicy": .string(policy)]
            // A mutating answer's patch that is none: the webhook fails, and is no refusal.
            let answer: ContractWebhook.Answer = { request in
                request["name"] == "probe" ? ["allowed": true] : ["allowed": true, "patch": "bm9uZQ=="]
            }
            try await ContractWebhook.run(in: space, mutating: true, changes, answer: answer) { _ in
                let made = try await space.api.send(.post, space.configMaps(), space.asked("a"))
                #expect(made.status == (policy == "Fail" ? 500 : 201), "\(made.text)")
                guard policy == "Fail" else { return }
                #expect(
                    try made.message.hasPrefix(
                        "Internal error occurred: failed calling webhook \"check.example.com\": received invalid webhook response:"
                    )
                )
            }
        }

        @Test func saysThatNobodyListens() async throws {
            let space = try await ContractNamespace()
            guard try ContractWebhook.canBeReached else { return }
            try await ContractWebhook.run(in: space, answer: Self.allowed) { _ in
                let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/\(space.name)"
                let gone: JSONValue = [
                    ["op": "replace", "path": "/webhooks/0/clientConfig/url", "value": "https://127.0.0.1:1/check"]
                ]
                #expect(try await space.patch(path, gone, "json-patch+json").status == 200)
                let message = try await untilFailed(space)
                #expect(
                    message == """
                        Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: \
                        Post "https://127.0.0.1:1/check?timeout=5s": dial tcp 127.0.0.1:1: connect: connection refused
                        """
                )
            }
        }

        /// The message of the first creation that fails.
        private func untilFailed(_ space: ContractNamespace) async throws -> String {
            for _ in 0..<200 {
                let answer = try await space.api.send(.post, "\(space.configMaps())?dryRun=All", space.asked("late"))
                if answer.status == 500 { return try answer.message }
            }
            Issue.record("the webhook is still asked at its old address")
            return ""
        }
    }
}
