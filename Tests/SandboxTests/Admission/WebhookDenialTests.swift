import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookDenialTests {
    @Test(arguments: [
        ("null", 400, "", " without explanation"), ("{}", 400, "", " without explanation"),
        (#"{"message":"no way"}"#, 400, "", ": no way"), (#"{"reason":"Forbidden"}"#, 400, "Forbidden", ": Forbidden"),
        (#"{"code":403,"reason":"Forbidden","message":"policy X"}"#, 403, "Forbidden", ": policy X"),
        (#"{"code":200,"status":"Success"}"#, 400, "", " without explanation"),
        (#"{"code":70000,"message":"no"}"#, 70_000, "", ": no"),
    ])
    func mapsTheStatus(status: String, code: Int, reason: String, explanation: String) async throws {
        let parsed = try JSONValue(parsing: status)
        let bench = AdmissionBench { _, _ in ["allowed": false, "status": parsed] }
        bench.register(mutating: false, [webhook()])
        let error = try #require(
            await failure { () async throws(KubernetesError) in try await bench.admission.validate(attempt()) }
        )
        #expect(error.code == code)
        #expect(error.reason == reason)
        #expect(error.message == "admission webhook \"check.example.com\" denied the request\(explanation)")
        #expect(error.operation == "create configmaps test/a")
        let answer = try #require(error.status)
        #expect(answer["kind"] == "Status")
        #expect(answer["status"] == "Failure")
        #expect(answer["message"] == .string(error.message))
        #expect(answer["reason"]?.string ?? "" == reason)
        #expect(answer["code"]?.int == code)
    }

    @Test func keepsTheDetails() async throws {
        let details: JSONValue = [
            "name": "a", "kind": "ConfigMap", "causes": [["field": "data.x", "message": "no x", "reason": "Any"]],
        ]
        let bench = AdmissionBench { _, _ in
            ["allowed": false, "status": ["code": 422, "reason": "Invalid", "message": "m", "details": details]]
        }
        bench.register(mutating: true, [webhook()])
        let error = await failure { () async throws(KubernetesError) in try await bench.admission.mutate(attempt()) }
        #expect(error?.code == 422)
        #expect(error?.status?["details"] == details)
    }

    @Test func stopsTheMutatingWebhooksAtADenial() async throws {
        let bench = AdmissionBench { path, _ in ["allowed": .bool(path != "/b")] }
        bench.register(mutating: true, [webhook("a.example.com"), webhook("b.example.com"), webhook("c.example.com")])
        let error = await failure { () async throws(KubernetesError) in try await bench.admission.mutate(attempt()) }
        #expect(error?.message.hasPrefix("admission webhook \"b.example.com\" denied") == true)
        #expect(bench.server.targets == ["/a?timeout=10s", "/b?timeout=10s"])
    }

    @Test func asksAllValidatingWebhooksAndTellsTheFirstDenial() async throws {
        let bench = AdmissionBench { path, _ in ["allowed": .bool(path == "/a"), "warnings": [.string(path)]] }
        bench.register(mutating: false, [webhook("c.example.com")], name: "2")
        bench.register(mutating: false, [webhook("a.example.com"), webhook("b.example.com")], name: "1")
        let error = await failure { () async throws(KubernetesError) in try await bench.admission.validate(attempt()) }
        #expect(error?.message == "admission webhook \"b.example.com\" denied the request without explanation")
        #expect(error?.warnings == ["/a", "/b", "/c"])
        #expect(bench.server.reviews.count == 3)
    }

    @Test func collectsWarningsInOrder() async throws {
        let bench = AdmissionBench { path, _ in ["allowed": true, "warnings": [.string(path), "both"]] }
        bench.register(mutating: false, [webhook("b.example.com"), webhook("a.example.com")])
        bench.register(mutating: true, [webhook("d.example.com"), webhook("c.example.com")])
        #expect(try await bench.admission.validate(attempt()) == ["/b", "both", "/a", "both"])
        #expect(try await bench.admission.mutate(attempt()).warnings == ["/d", "both", "/c", "both"])
    }

    @Test(arguments: [("None", true), ("NoneOnDryRun", true), ("Some", false)])
    func sparesWebhooksThatDoNotKnowDryRun(sideEffects: String, isAsked: Bool) async throws {
        let bench = AdmissionBench()
        bench.register(mutating: true, [webhook("check.example.com", ["sideEffects": .string(sideEffects)])])
        let error = await failure { () async throws(KubernetesError) in
            try await bench.admission.mutate(attempt(isDryRun: true))
        }
        #expect(error?.code == (isAsked ? nil : 400))
        #expect(error?.message == (isAsked ? nil : "admission webhook \"check.example.com\" does not support dry run"))
        #expect(bench.server.reviews.count == (isAsked ? 1 : 0))
    }
}
