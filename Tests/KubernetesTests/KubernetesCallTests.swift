import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// Calls with options, subresources and paths of their own, as they are sent.
@Suite(.timeLimit(.minutes(1))) struct KubernetesCallTests {
    private static let deployment = "/apis/apps/v1/namespaces/test/deployments/podinfo"

    /// What one call sends: its line, media type and body.
    private func sent(
        answer: JSONValue = ["kind": "Deployment", "metadata": ["name": "podinfo"]],
        _ call: (KubernetesClient) async throws(KubernetesError) -> Void
    ) async throws -> [String] {
        let server = ScriptedServer([.json(answer)])
        try await call(server.client())
        let request = try #require(server.received.first)
        let type = request.head.headerFields[.contentType]
        return server.lines + [type, String(decoding: request.body, as: UTF8.self)].compactMap(\.self)
    }

    @Test func asksForADryRun() async throws {
        let options = WriteOptions(fieldManager: "me", isDryRun: true, validation: .strict)
        let created = try await sent { client throws(KubernetesError) in
            _ = try await client.create(.configMaps, ["a": 1], namespace: "test", options: options)
        }
        let query = "?fieldManager=me&dryRun=All&fieldValidation=Strict"
        #expect(created == ["POST /api/v1/namespaces/test/configmaps\(query)", "application/json", "{\"a\":1}"])
        let replaced = try await sent { client throws(KubernetesError) in
            _ = try await client.update(.deployments, test, ["a": 1], subresource: "status", options: options)
        }
        #expect(replaced == ["PUT \(Self.deployment)/status\(query)", "application/json", "{\"a\":1}"])
    }

    @Test(
        arguments: [
            (
                .json(JSONPatch([.remove(JSONPointer(["a"]))])), "json-patch+json",
                "[{\"op\":\"remove\",\"path\":\"/a\"}]"
            ),
            (.merge(["a": 1]), "merge-patch+json", "{\"a\":1}"),
            (.strategic(["a": 1]), "strategic-merge-patch+json", "{\"a\":1}"),
        ] as [(PatchBody, String, String)]
    )
    func sendsEachFormOfAPatch(_ patch: PatchBody, _ type: String, _ body: String) async throws {
        let sent = try await sent { client throws(KubernetesError) in
            _ = try await client.patch(.deployments, test, patch, options: WriteOptions(isForced: true))
        }
        #expect(sent == ["PATCH \(Self.deployment)?fieldManager=canarygate", "application/\(type)", body])
    }

    @Test func appliesByForceWhereItIsAsked() async throws {
        let object: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment"]
        let sent = try await sent { client throws(KubernetesError) in
            let options = WriteOptions(fieldManager: "me", isForced: true)
            _ = try await client.patch(.deployments, test, .apply(object), subresource: "status", options: options)
        }
        #expect(
            sent == [
                "PATCH \(Self.deployment)/status?fieldManager=me&force=true", "application/apply-patch+yaml",
                object.text,
            ]
        )
    }

    @Test func deletesUnderPreconditions() async throws {
        let options = DeleteOptions(
            propagation: .foreground,
            uid: "u1",
            resourceVersion: "7",
            gracePeriodSeconds: 0,
            isDryRun: true
        )
        let sent = try await sent { client throws(KubernetesError) in
            try await client.delete(.deployments, test, options: options)
        }
        let body: JSONValue = [
            "kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Foreground",
            "preconditions": ["uid": "u1", "resourceVersion": "7"], "gracePeriodSeconds": 0, "dryRun": ["All"],
        ]
        #expect(sent == ["DELETE \(Self.deployment)", "application/json", body.text])
        #expect(DeleteOptions(propagation: .orphan).value["propagationPolicy"] == "Orphan")
    }

    @Test func scales() async throws {
        let scaled = try await sent(answer: ["kind": "Scale"]) { client throws(KubernetesError) in
            try await client.scale(.deployments, test, to: 0)
        }
        #expect(
            scaled == [
                "PATCH \(Self.deployment)/scale?fieldManager=canarygate", "application/merge-patch+json",
                "{\"spec\":{\"replicas\":0}}",
            ]
        )
        let client = ScriptedServer([.json(["kind": "Scale", "spec": ["replicas": 3]])]).client()
        #expect(try await client.replicas(of: .deployments, test) == 3)
    }

    @Test func readsASubresource() async throws {
        let read = try await sent { client throws(KubernetesError) in
            _ = try await client.get(.deployments, test, subresource: "status")
        }
        #expect(read == ["GET \(Self.deployment)/status", ""])
    }

    @Test func asksForAnyPath() async throws {
        let server = ScriptedServer([.json(["gitVersion": "v1.36.0"]), .pieces(["ok"]), .pieces([])])
        let client = server.client(basePath: "/k8s")
        #expect(try await client.answer(to: .raw(.get, "/version?timeout=5s"))["gitVersion"] == "v1.36.0")
        #expect(try await client.bytes(of: .raw(.get, "/livez")) == Array("ok".utf8))
        #expect(try await client.answer(to: .raw(.delete, "/x")) == .null)
        #expect(server.lines == ["GET /k8s/version?timeout=5s", "GET /k8s/livez", "DELETE /k8s/x"])
    }

    @Test(arguments: ["", "version", "/a b", "/ä", "/a#b", "/a\r\nHost: x"])
    func refusesAPathThatIsNone(_ path: String) {
        let error = #expect(throws: KubernetesError.self) { try KubernetesRequest.raw(.get, path) }
        #expect(error?.isTransient == false)
    }

    // MARK: Failures

    @Test func keepsWhatTheStatusSays() async throws {
        let status: JSONValue = [
            "kind": "Status", "status": "Failure", "reason": "Invalid", "message": "Deployment is invalid", "code": 422,
            "details": [
                "name": "podinfo", "kind": "Deployment", "retryAfterSeconds": 7,
                "causes": [
                    ["reason": "FieldValueInvalid", "field": "spec.replicas", "message": "must not be negative"],
                    ["message": "odd"],
                ],
            ],
        ]
        let client = ScriptedServer([.json(status, status: .unprocessableContent)]).client()
        let error = await failure { () async throws(KubernetesError) in try await client.get(.deployments, test) }
        #expect(error?.reason == "Invalid")
        #expect(error?.details?["name"] == "podinfo")
        #expect(error?.causes.map(\.field) == ["spec.replicas", ""])
        #expect(error?.causes.map(\.reason) == ["FieldValueInvalid", ""])
        #expect(error?.causes.map(\.message) == ["must not be negative", "odd"])
        #expect(error?.retryAfter == .seconds(7))
        #expect(error?.isTransient == false)
    }

    @Test func takesTheWaitFromTheHeaderWhereTheStatusHasNone() async throws {
        let client = ScriptedServer([.failure(429, "TooManyRequests", "slow down", retryAfter: "600")]).client()
        let error = await failure { () async throws(KubernetesError) in try await client.get(.deployments, test) }
        #expect(error?.retryAfter == .seconds(600))
        #expect(error?.isTransient == true)
        #expect(error?.causes.isEmpty == true)
    }

    @Test func waitsLongerByItsJitter() async throws {
        let clock = ManualClock()
        let server = ScriptedServer([.failure(429, "", "slow down", retryAfter: "4"), .json(configMap("a"))])
        let refused = HTTPError(code: .unreachable, operation: "connect", reason: "connection refused")
        let client = KubernetesClient(
            transport: FailingTransport([refused], then: InMemoryTransport(handler: server)),
            clock: clock,
            jitter: { 0.5 }
        )
        let call = Task { try await client.get(.configMaps, test) }
        await clock.waitForSleepers(count: 1)
        #expect(clock.timeToNextSleeper == .milliseconds(125))
        await clock.advanceToNextSleeper()
        await clock.waitForSleepers(count: 1)
        #expect(clock.timeToNextSleeper == .milliseconds(4_500))
        await clock.advanceToNextSleeper()
        #expect(try await call.value.name == "a")
    }

    @Test func readsAgainWhenABodyBreaksOff() async throws {
        let clock = ManualClock()
        let broken = ServerResponse(
            status: .ok,
            body: .stream { writer in
                try await writer.write(Array("{\"a\":".utf8))
                throw HTTPError(code: .closed, operation: "read", reason: "connection reset")
            }
        )
        let server = ScriptedServer([broken, .json(configMap("a"))])
        let client = server.client(clock: clock)
        let call = Task { try await client.get(.configMaps, test) }
        await clock.advanceToNextSleeper()
        #expect(try await call.value.name == "a")
    }

    // MARK: Credentials

    /// Credentials that are good from the second on.
    private struct Renewed: CredentialSource {
        let count = Locked(1)
        let limit: Int

        func authorization() async throws -> String? { "Bearer \(count.withLock { $0 })" }

        func hasAnother(than authorization: String?) async -> Bool {
            count.withLock { count in
                guard authorization == "Bearer \(count)", count < limit else { return false }
                count += 1
                return true
            }
        }
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 2)])
    func triesOtherCredentialsOnceAfterA401(limit: Int, calls: Int) async throws {
        let server = ScriptedServer(Array(repeating: .failure(401, "Unauthorized", "Unauthorized"), count: 5))
        let client = KubernetesClient(
            transport: InMemoryTransport(handler: server),
            credentials: Renewed(limit: limit),
            clock: ManualClock()
        )
        let error = await failure { () async throws(KubernetesError) in
            try await client.create(.configMaps, configMap("a"), namespace: "test")
        }
        #expect(error?.code == 401)
        #expect(
            server.received.map { $0.head.headerFields[.authorization] ?? "" }
                == (1...calls).map { "Bearer \($0)" }
        )
    }
}
