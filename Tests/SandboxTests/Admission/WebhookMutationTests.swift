import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookMutationTests {
    /// Webhooks that each append their path to the annotation `seen`, whatever is there.
    private static let appending: @Sendable (String, JSONValue) -> JSONValue = { path, review in
        let seen = review[path: "request", "object"]?.annotation("seen") ?? ""
        let value = JSONValue.string(seen + path)
        return patching([["op": "add", "path": "/metadata/annotations", "value": ["seen": value]]])
    }

    @Test func goesByConfigurationNameAndPlace() async throws {
        let bench = AdmissionBench(response: Self.appending)
        bench.register(mutating: true, [webhook("c.example.com")], name: "y")
        bench.register(mutating: true, [webhook("b.example.com"), webhook("a.example.com")], name: "x")
        let object = try await bench.admission.mutate(attempt()).object
        #expect(object?.annotation("seen") == "/b/a/c")
    }

    @Test func asksAgainOnceWhoWasFollowedByAChange() async throws {
        let bench = AdmissionBench(response: Self.appending)
        let isReinvoked: JSONValue = ["reinvocationPolicy": "IfNeeded"]
        bench.register(mutating: true, ["a", "b", "c"].map { webhook("\($0).example.com", isReinvoked) })
        let object = try await bench.admission.mutate(attempt()).object
        // Three that are not idempotent make six marks: the second round's changes call the later ones of that round.
        #expect(object?.annotation("seen") == "/a/b/c/a/b/c")
        #expect(bench.server.reviews.map { $0[path: "request", "uid"] } == (1...6).map { "uid-\($0)" })
    }

    @Test func doesNotAskAgainForItsOwnChangeOrWithoutThePolicy() async throws {
        let bench = AdmissionBench { path, review in
            path == "/b" ? Self.appending(path, review) : ["allowed": true]
        }
        bench.register(
            mutating: true,
            [
                webhook("a.example.com"), webhook("b.example.com", ["reinvocationPolicy": "IfNeeded"]),
                webhook("c.example.com", ["reinvocationPolicy": "IfNeeded"]),
            ]
        )
        _ = try await bench.admission.mutate(attempt())
        #expect(bench.server.targets == ["/a?timeout=10s", "/b?timeout=10s", "/c?timeout=10s"])
    }

    @Test func completesTheObjectAfterAPatch() async throws {
        let bench = AdmissionBench { _, _ in
            patching([
                ["op": "remove", "path": "/spec/strategy"],
                ["op": "replace", "path": "/spec/paused", "value": true],
            ])
        }
        bench.register(mutating: true, [webhook()])
        let object = ObjectDefaults.completed(deployment(), .deployments)
        let patched = try await bench.admission.mutate(attempt(object, type: .deployments)).object
        #expect(patched?[path: "spec", "strategy", "type"] == "RollingUpdate")
        #expect(patched?[path: "spec", "paused"] == true)
    }

    @Test func prunesWhatAPatchAddsToACustomObject() async throws {
        let bench = AdmissionBench { _, _ in
            patching([["op": "add", "path": "/spec", "value": ["known": "a", "unknown": "b"]]])
        }
        let schema = try JSONValue(
            parsing:
                #"{"type":"object","properties":{"spec":{"type":"object","properties":{"known":{"type":"string"}}}}}"#
        )
        bench.cluster.put(
            .customResourceDefinitions,
            [
                "metadata": ["name": "canaries.flagger.app"],
                "spec": [
                    "group": "flagger.app", "names": ["plural": "canaries", "kind": "Canary"],
                    "versions": [["name": "v1beta1", "served": true, "schema": ["openAPIV3Schema": schema]]],
                ],
            ]
        )
        bench.register(mutating: true, [webhook()])
        let canary: JSONValue = ["metadata": ["name": "a", "namespace": "test"]]
        let patched = try await bench.admission.mutate(attempt(canary, type: .canaries)).object
        #expect(patched?["spec"] == ["known": "a"])
    }

    @Test(arguments: [
        (
            #"[{"op":"add","path":"/metadata/annotations/a","value":"b"}]"#,
            #"add operation does not apply: doc is missing path: "/metadata/annotations/a": missing value"#
        ),
        (
            #"[{"op":"remove","path":"/data/nothing"}]"#,
            "error in remove for path: '/data/nothing': Unable to remove nonexistent key: nothing: missing value"
        ),
        (#"[{"op":"test","path":"/data/value","value":"2"}]"#, "testing value /data/value failed: test failed"),
        (
            #"[{"op":"replace","path":"/a/b","value":"2"}]"#,
            "replace operation does not apply: doc is missing path: /a/b: missing value"
        ),
        (
            #"[{"op":"replace","path":"/kind","value":"Secret"}]"#,
            #"admission webhook "check.example.com" changed apiVersion or kind of the object"#
        ),
    ])
    func failsForAPatchThatDoesNotApplyWhateverThePolicy(patch: String, problem: String) async throws {
        let operations = try JSONValue(parsing: patch)
        let bench = AdmissionBench { _, _ in patching(operations) }
        bench.register(mutating: true, [webhook("check.example.com", ["failurePolicy": "Ignore"])])
        let error = await failure { () async throws(KubernetesError) in try await bench.admission.mutate(attempt()) }
        #expect(error?.code == 500)
        #expect(error?.message == "Internal error occurred: \(problem)")
    }

    @Test(arguments: ["null", "[]"])
    func takesAnEmptyPatchForNoChange(patch: String) async throws {
        let operations = try JSONValue(parsing: patch)
        let bench = AdmissionBench { _, _ in patching(operations) }
        bench.register(mutating: true, [webhook()])
        #expect(try await bench.admission.mutate(attempt(nil, replacing: configMap("a"))).object == nil)
        #expect(try await bench.admission.mutate(attempt()).object == configMap("a"))
    }

    @Test func refusesAPatchOfADeletion() async throws {
        let bench = AdmissionBench { _, _ in patching([["op": "add", "path": "/a", "value": 1]]) }
        bench.register(mutating: true, [webhook()])
        let error = await failure { () async throws(KubernetesError) in
            try await bench.admission.mutate(attempt(nil, replacing: configMap("a")))
        }
        #expect(
            error?.message == """
                Internal error occurred: admission webhook "check.example.com" attempted to modify the object, which is not \
                supported for this operation
                """
        )
    }
}
