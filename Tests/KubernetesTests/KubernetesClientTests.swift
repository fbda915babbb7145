import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct KubernetesClientTests {
    private static func page(_ names: [String], version: String, token: String? = nil) -> ServerResponse {
        var metadata: JSONValue = ["resourceVersion": .string(version)]
        if let token { metadata["continue"] = .string(token) }
        let items = names.map { name -> JSONValue in ["metadata": ["name": .string(name)]] }
        return .json(["kind": "PodList", "apiVersion": "v1", "metadata": metadata, "items": .array(items)])
    }

    @Test func sendsARequestAndReadsItsAnswer() async throws {
        let server = ScriptedServer([.json(["metadata": ["name": "podinfo"]], status: .created)])
        let stored = try await server.client(basePath: "/k8s").create(
            .services,
            configMap("podinfo"),
            namespace: "test"
        )
        #expect(stored == ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "podinfo"]])
        #expect(server.lines == ["POST /k8s/api/v1/namespaces/test/services?fieldManager=canarygate"])
        #expect(server.received[0].body == configMap("podinfo").serialized)
        #expect(server.received[0].head.headerFields[.contentType] == "application/json")
    }

    @Test func sendsTheAuthorizationItIsGiven() async throws {
        let server = ScriptedServer([.json(configMap("a"))])
        let client = KubernetesClient(transport: InMemoryTransport(handler: server)) { "Bearer secret" }
        _ = try await client.get(.configMaps, test)
        #expect(server.received[0].head.headerFields[.authorization] == "Bearer secret")
    }

    @Test func readsAListPageByPage() async throws {
        let server = ScriptedServer([
            Self.page(["a", "b"], version: "7", token: "t=1"), Self.page(["c"], version: "7"),
        ])
        let list = try await server.client().list(.pods, namespace: "test", labelSelector: "app=x")
        #expect(list.items.map(\.name) == ["a", "b", "c"])
        #expect(list.items[0]["kind"] == "Pod")
        #expect(list.items[2]["apiVersion"] == "v1")
        #expect(list.resourceVersion == "7")
        #expect(
            server.lines == [
                "GET /api/v1/namespaces/test/pods?limit=500&labelSelector=app%3Dx",
                "GET /api/v1/namespaces/test/pods?limit=500&labelSelector=app%3Dx&continue=t%3D1",
            ]
        )
    }

    @Test func beginsAListAgainWhenItsSnapshotExpired() async throws {
        let server = ScriptedServer([
            Self.page(["a"], version: "7", token: "t"), .failure(410, "Expired", "too old"),
            Self.page(["a"], version: "9"),
        ])
        let list = try await server.client().list(.pods, namespace: nil, labelSelector: nil)
        #expect(list.items.map(\.name) == ["a"])
        #expect(list.resourceVersion == "9")
        #expect(server.lines.last == "GET /api/v1/pods?limit=500")
    }

    @Test func givesUpOnAListThatKeepsExpiring() async throws {
        let server = ScriptedServer(Array(repeating: .failure(410, "Expired", "too old"), count: 9))
        let client = server.client()
        let error = await failure { () async throws(KubernetesError) in
            try await client.list(.pods, namespace: nil, labelSelector: nil)
        }
        #expect(error?.isExpired == true)
        #expect(server.lines.count == 3)
    }

    @Test func asksForFewerObjectsWhereAPageIsTooLarge() async throws {
        let blanks = ServerResponse(status: .ok, body: .bytes([UInt8](repeating: 0x20, count: (64 << 20) + 1)))
        let server = ScriptedServer([
            Self.page(["a"], version: "7", token: "t"), blanks, blanks, Self.page(["a", "b"], version: "8"),
        ])
        let list = try await server.client().list(.pods, namespace: nil, labelSelector: nil)
        #expect(list.items.map(\.name) == ["a", "b"])
        #expect(
            server.lines == [
                "GET /api/v1/pods?limit=500", "GET /api/v1/pods?limit=500&continue=t", "GET /api/v1/pods?limit=125",
                "GET /api/v1/pods?limit=31",
            ]
        )
    }

    @Test func givesUpOnAnObjectThatIsTooLarge() async throws {
        let blanks = ServerResponse(status: .ok, body: .bytes([UInt8](repeating: 0x20, count: (64 << 20) + 1)))
        let server = ScriptedServer(Array(repeating: blanks, count: 9))
        let error = await failure { () async throws(KubernetesError) in
            try await server.client().list(.pods, namespace: nil, labelSelector: nil)
        }
        #expect(error?.message == "read response body: more than 67108864 bytes")
        #expect(server.lines.last == "GET /api/v1/pods?limit=1")
        #expect(server.lines.count == 5)
    }

    @Test func keepsTheStatusOfAFailure() async throws {
        let server = ScriptedServer([.failure(409, "Conflict", "the object has been modified")])
        let client = server.client()
        let error = await failure { () async throws(KubernetesError) in
            try await client.patch(.httpProxies, test, .merge(["a": 1]), subresource: nil)
        }
        #expect(
            error?.description == "patch httpproxies.projectcontour.io test/podinfo: the object has been modified "
                + "(409 Conflict)"
        )
        #expect(error?.status?["kind"] == "Status")
        #expect(error?.isConflict == true)
        #expect(server.lines.count == 1)
    }

    @Test(arguments: [
        (404, "404 page not found\n", "the server could not find the requested resource (404 NotFound)"),
        (502, "bad gateway\nfrom a proxy", "bad gateway (502)"),
        (500, "", "the server answered without a message (500 InternalError)"),
        (403, "{\"kind\":\"Other\"}", "{\"kind\":\"Other\"} (403 Forbidden)"),
    ])
    func tellsAFailureWithoutAStatus(_ code: Int, _ body: String, expected: String) async throws {
        let answer = ServerResponse(status: HTTPResponse.Status(code: code), body: .bytes(Array(body.utf8)))
        let client = ScriptedServer([answer]).client()
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        #expect(error?.description == "get configmaps test/podinfo: \(expected)")
    }

    @Test func tellsAnAnswerThatIsNoJSON() async throws {
        let client = ScriptedServer([ServerResponse(status: .ok, body: .bytes(Array("<html>".utf8)))]).client()
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        #expect(error?.message.hasPrefix("the answer cannot be read: parse JSON: ") == true)
        #expect(error?.code == 200)
    }

    @Test(
        arguments: [(.null, "null"), ("ready", "string"), ([configMap("a")], "array")] as [(JSONValue, String)]
    )
    func tellsAnAnswerThatIsNoObject(answer: JSONValue, type: String) async throws {
        let client = ScriptedServer([.json(answer, status: .created)]).client()
        let error = await failure { () async throws(KubernetesError) in
            try await client.create(.configMaps, configMap("a"), namespace: "test")
        }
        #expect(error?.message == "the answer cannot be read: \(type), expected object")
        #expect(error?.code == 201)
    }

    @Test(arguments: [[:], ["items": [:]], ["kind": "Status", "status": "Success"]] as [JSONValue])
    func takesNoAnswerWithoutItemsForAnEmptyList(answer: JSONValue) async throws {
        let client = ScriptedServer([.json(answer)]).client()
        let error = await failure { () async throws(KubernetesError) in
            try await client.list(.pods, namespace: nil, labelSelector: nil)
        }
        #expect(error?.description == "list pods: the answer cannot be read: no items, expected a list (200)")
    }

    @Test func takesNullItemsForNone() async throws {
        let list: JSONValue = ["kind": "PodList", "metadata": ["resourceVersion": "7"], "items": .null]
        let answer = try await ScriptedServer([.json(list)]).client()
            .list(.pods, namespace: nil, labelSelector: nil)
        #expect(answer.items.isEmpty)
        #expect(answer.resourceVersion == "7")
    }

    @Test func repeatsAReadFourTimesAndNoMore() async throws {
        let clock = ManualClock()
        let server = ScriptedServer(
            Array(repeating: .failure(503, "ServiceUnavailable", "starting", retryAfter: "1"), count: 9)
        )
        let client = server.client(clock: clock)
        let call = Task {
            await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        }
        for _ in 0..<4 { await clock.advanceToNextSleeper() }
        #expect(await call.value?.description == "get configmaps test/podinfo: starting (503 ServiceUnavailable)")
        #expect(server.lines.count == 5)
    }

    @Test func waitsLongerBetweenBrokenConnections() async throws {
        let clock = ManualClock()
        let closed = HTTPError(code: .closed, operation: "read from 127.0.0.1:1", reason: "connection reset")
        let transport = FailingTransport(
            Array(repeating: closed, count: 9),
            then: InMemoryTransport(handler: ScriptedServer([]))
        )
        let client = KubernetesClient(transport: transport, clock: clock, jitter: { 0 })
        let call = Task {
            await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        }
        var waits: [Duration?] = []
        for _ in 0..<4 {
            await clock.waitForSleepers(count: 1)
            waits.append(clock.timeToNextSleeper)
            await clock.advanceToNextSleeper()
        }
        #expect(waits == [100, 200, 400, 800].map { .milliseconds($0) })
        #expect(await call.value?.code == 0)
        #expect(transport.sent == 5)
    }

    @Test func endsAWaitThatIsCancelled() async throws {
        let clock = ManualClock()
        let client = ScriptedServer([.failure(429, "TooManyRequests", "slow down", retryAfter: "9")])
            .client(clock: clock)
        let call = Task {
            await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        }
        await clock.waitForSleepers(count: 1)
        call.cancel()
        #expect(await call.value?.message == "cancelled")
    }

    @Test func waitsAsLongAsTheServerAsks() async throws {
        let clock = ManualClock()
        let server = ScriptedServer([
            .failure(429, "TooManyRequests", "slow down", retryAfter: "3"),
            .failure(503, "ServiceUnavailable", "starting", retryAfter: "5"), .json(configMap("a")),
        ])
        let client = server.client(clock: clock)
        let call = Task { try await client.get(.configMaps, test) }
        await clock.waitForSleepers(count: 1)
        #expect(clock.timeToNextSleeper == .seconds(3))
        clock.advance(by: .seconds(3))
        await clock.waitForSleepers(count: 1)
        #expect(clock.timeToNextSleeper == .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(try await call.value.name == "a")
    }

    @Test(arguments: [
        (503, nil), (500, "1"), (429, nil), (429, "3600"), (429, "Wed, 21 Oct 2026 07:28:00 GMT"), (409, "1"),
    ])
    func doesNotRepeatAWrite(_ code: Int, retryAfter: String?) async throws {
        let server = ScriptedServer([.failure(code, "", "no", retryAfter: retryAfter), .json(configMap("a"))])
        let client = server.client(clock: ManualClock())
        let error = await failure { () async throws(KubernetesError) in
            try await client.create(.configMaps, configMap("a"), namespace: "test")
        }
        #expect(error?.code == code)
        #expect(server.lines.count == 1)
    }

    @Test(arguments: [429, 503])
    func repeatsAWriteThatWasTurnedAway(code: Int) async throws {
        let clock = ManualClock()
        let server = ScriptedServer([.failure(code, "", "slow down", retryAfter: "1"), .json(configMap("a"))])
        let client = server.client(clock: clock)
        let call = Task { try await client.create(.configMaps, configMap("a"), namespace: "test") }
        await clock.advanceToNextSleeper()
        #expect(try await call.value.name == "a")
        #expect(server.lines.count == 2)
    }

    @Test func repeatsAReadAfterABrokenConnection() async throws {
        let clock = ManualClock()
        let refused = HTTPError(code: .unreachable, operation: "connect to 127.0.0.1:1", reason: "connection refused")
        let transport = FailingTransport(
            [refused, refused],
            then: InMemoryTransport(handler: ScriptedServer([.json(configMap("a"))]))
        )
        let client = KubernetesClient(transport: transport, clock: clock, jitter: { 0 })
        let call = Task { try await client.get(.configMaps, test) }
        await clock.advanceToNextSleeper()
        await clock.advanceToNextSleeper()
        #expect(try await call.value.name == "a")
        #expect(transport.sent == 3)
    }

    @Test func doesNotRepeatAWriteAfterABrokenConnection() async throws {
        let closed = HTTPError(code: .closed, operation: "read from 127.0.0.1:1", reason: "connection reset")
        let transport = FailingTransport([closed], then: InMemoryTransport(handler: ScriptedServer([])))
        let client = KubernetesClient(transport: transport, clock: ManualClock())
        let error = await failure { () async throws(KubernetesError) in try await client.delete(.configMaps, test) }
        #expect(error?.description == "delete configmaps test/podinfo: read from 127.0.0.1:1: connection reset")
        #expect(error?.code == 0)
        #expect(transport.sent == 1)
    }

    // MARK: Watching

    private static func event(_ type: String, _ object: JSONValue) -> String {
        let event: JSONValue = ["type": .string(type), "object": object]
        return event.text + "\n"
    }

    private static func line(_ type: String, _ name: String, _ version: String) -> String {
        let object: JSONValue = ["metadata": ["name": .string(name), "resourceVersion": .string(version)]]
        return event(type, object)
    }

    /// Every event of a watch that is answered with `pieces`.
    private func events(_ pieces: [String]) async throws -> [String] {
        let client = ScriptedServer([.pieces(pieces)]).client()
        var seen: [String] = []
        for try await event in try await client.watch(.pods, namespace: nil, resourceVersion: "1") {
            seen.append(event.summary)
        }
        return seen
    }

    @Test(arguments: [1, 2, 3, 7, 50, 100_000])
    func readsEventsAcrossPieceBorders(size: Int) async throws {
        let text =
            Self.line("ADDED", "a", "2") + Self.line("MODIFIED", "\u{e4}\u{1f600}", "3") + "\n"
            + Self.line("BOOKMARK", "", "9") + Self.line("DELETED", "a", "10")
        let bytes = Array(text.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let answer = ServerResponse(
            status: .ok,
            body: .stream { writer in for chunk in chunks { try await writer.write(chunk) } }
        )
        let client = ScriptedServer([answer]).client()
        var seen: [String] = []
        for try await event in try await client.watch(.pods, namespace: nil, resourceVersion: "1") {
            seen.append(event.summary)
        }
        #expect(seen == ["added a 2", "modified \u{e4}\u{1f600} 3", "bookmark 9", "deleted a 10"])
    }

    @Test func letsAWatchBeSilentForTwoBookmarksAndNoLonger() async throws {
        let transport = FailingTransport([], then: InMemoryTransport(handler: ScriptedServer([.pieces([])])))
        let client = KubernetesClient(transport: transport, clock: ManualClock())
        for try await _ in try await client.watch(.pods, namespace: nil, resourceVersion: "1") {}
        #expect(transport.last?.idleTimeout == .seconds(130))
        #expect(transport.last?.timeout == .seconds(30))
    }

    @Test func throwsTheStatusOfAnErrorEvent() async throws {
        let status: JSONValue = [
            "kind": "Status", "message": "too old resource version: 1 (9)", "reason": "Expired", "code": 410,
        ]
        let error = await #expect(throws: KubernetesError.self) {
            try await events([Self.event("ERROR", status)])
        }
        #expect(error?.isExpired == true)
        #expect(error?.description == "watch pods: too old resource version: 1 (9) (410 Expired)")
    }

    @Test(arguments: [
        ("{\"type\":\"ADDED\",\"object\":{\"metadata\":{}}", "the stream ended within an event of 40 bytes"),
        ("{\"type\":\"GROWN\",\"object\":{}}\n", "unknown event type \"GROWN\""),
        ("{\"type\":\"ADDED\"}\n", "an event has no object"),
    ])
    func refusesWhatIsNoEvent(_ text: String, expected: String) async throws {
        let error = await #expect(throws: KubernetesError.self) { try await events([text]) }
        #expect(error?.message == expected)
    }

    @Test func answersExpiredToAWatchThatIsRefused() async throws {
        let client = ScriptedServer([.failure(410, "Expired", "too old")]).client()
        let error = await failure { () async throws(KubernetesError) in
            try await client.watch(.pods, namespace: nil, resourceVersion: "1")
        }
        #expect(error?.isExpired == true)
    }
}
