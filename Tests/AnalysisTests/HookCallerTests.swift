import HTTP
import HTTPTypes
import JSON
import Platform
import Testing

@testable import Analysis

@Suite struct HookCallerTests {
    private let clock = RecordingClock()

    private func call(retries: Int = 0, url: String = "http://hook.test/gate?x=1") -> HookCall {
        HookCall(
            url: url,
            canary: "podinfo",
            namespace: "test",
            phase: "Progressing",
            checksum: "5d4c",
            metadata: ["type": "bash", "cmd": "true"],
            retries: retries
        )
    }

    private func result(_ handler: AnsweringHandler, retries: Int = 0) async throws -> HookResult {
        let transport = InMemoryTransport(handler: handler)
        return try await HookCaller(clock: clock) { _ in transport }.call(call(retries: retries))
    }

    @Test(arguments: [200, 201, 202])
    func passesUpTo202(status: Int) async throws {
        #expect(try await result(AnsweringHandler([(status, "fine")])) == .passed)
    }

    @Test(arguments: [203, 204, 302, 400, 403, 501])
    func failsAbove202WithoutTryingAgain(status: Int) async throws {
        let handler = AnsweringHandler([(status, "no\nway")])
        #expect(try await result(handler, retries: 3) == .failed("no way"))
        #expect(handler.requests.count == 1)
    }

    @Test func saysWhereARedirectLeadsThatIsNotFollowed() async throws {
        let moved = ServerResponse(
            status: .init(code: 301),
            headerFields: [.location: "https://hook.test/new"],
            body: .bytes(Array("<h1>Moved</h1>".utf8))
        )
        let handler = AnsweringHandler([moved])
        let words = "status 301, redirected to https://hook.test/new, not followed"
        #expect(try await result(handler, retries: 3) == .failed(words))
        #expect(handler.requests.count == 1)
    }

    @Test func saysTheStatusWhereThereIsNoBody() async throws {
        #expect(try await result(AnsweringHandler([(403, "")])) == .failed("status 403"))
    }

    @Test func cutsALongBody() async throws {
        let answer = try await result(AnsweringHandler([(400, String(repeating: "x", count: 20_000))]))
        #expect(answer == .failed(String(repeating: "x", count: 299) + "…"))
    }

    @Test(arguments: [(200, HookResult.passed), (403, .failed("status 403"))])
    func goesByTheStatusWhereTheBodyIsTooLong(status: Int, expected: HookResult) async throws {
        let endless = ServerResponse(
            status: .init(code: status),
            body: .stream { writer in
                for _ in 0..<20 { try await writer.write([UInt8](repeating: 0x78, count: 64 << 10)) }
            }
        )
        #expect(try await result(AnsweringHandler([endless])) == expected)
    }

    @Test func keepsTheComplaintAboutAURLOnOneLine() async throws {
        let url = "http://hook.test/a\nb" + String(repeating: "x", count: 400)
        let answer = try await HookCaller(clock: clock) { _ in UnreachableTransport() }.call(call(url: url))
        guard case .unavailable(let text) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(text.hasPrefix("call hook http://hook.test/a bxxx"))
        #expect(text.count == 300)
    }

    @Test func triesAgainWithADoublingBackOff() async throws {
        let handler = AnsweringHandler([(500, "a"), (503, "b"), (429, "c"), (200, "")])
        #expect(try await result(handler, retries: 3) == .passed)
        #expect(clock.sleeps == [.seconds(1), .seconds(2), .seconds(4)])
    }

    @Test func givesUpWithTheLastBody() async throws {
        let handler = AnsweringHandler([(500, "first"), (500, "second")])
        #expect(try await result(handler, retries: 1) == .failed("second"))
        #expect(handler.requests.count == 2)
    }

    @Test func neverWaitsLongerThanThirtySeconds() async throws {
        let busy = ServerResponse(status: .init(code: 503), headerFields: [.retryAfter: "7"])
        let later = ServerResponse(status: .init(code: 503), headerFields: [.retryAfter: "3600"])
        let answer = try await result(AnsweringHandler([busy, later, ServerResponse(status: .ok)]), retries: 2)
        #expect(answer == .passed)
        #expect(clock.sleeps == [.seconds(7), .seconds(30)])
    }

    @Test func triesAgainWhenNothingAnswers() async throws {
        let answer = try await HookCaller(clock: clock) { _ in UnreachableTransport() }.call(call(retries: 2))
        #expect(answer == .unavailable("connect to hook.test:80: connection refused"))
        #expect(clock.sleeps.count == 2)
    }

    @Test func postsThePayloadToTheURL() async throws {
        let handler = AnsweringHandler([(200, "")])
        let endpoints = Locked<[HTTPEndpoint]>([])
        let caller = HookCaller(clock: clock) { endpoint in
            endpoints.withLock { $0.append(endpoint) }
            return InMemoryTransport(handler: handler)
        }
        _ = try await caller.call(call())
        let request = try #require(handler.requests.first)
        #expect(request.head.method == .post)
        #expect(request.head.path == "/gate?x=1")
        #expect(request.head.authority == "hook.test")
        #expect(request.head.headerFields[.contentType] == "application/json")
        #expect(endpoints.withLock { $0 } == [HTTPEndpoint(isSecure: false, host: "hook.test", port: 80)])
        let payload = try JSONValue(parsing: request.body)
        let expected: JSONValue = [
            "name": "podinfo", "namespace": "test", "phase": "Progressing", "checksum": "5d4c",
            "metadata": ["type": "bash", "cmd": "true"],
        ]
        #expect(payload == expected)
    }

    @Test func leavesMissingMetadataOut() {
        var call = call()
        call.metadata = nil
        #expect(call.payload["metadata"] == nil)
    }

    @Test(arguments: ["", "hook.test/", "ftp://hook.test/", "http://", "http://hook.test/a b"])
    func refusesAURLThatIsNone(url: String) async throws {
        let answer = try await HookCaller(clock: clock) { _ in UnreachableTransport() }.call(call(url: url))
        #expect(answer == .unavailable("call hook \(url): no absolute http or https URL"))
    }

    @Test(arguments: [
        ("http://a", "/"), ("http://a/", "/"), ("https://a:8443/x/", "/x/"), ("http://a?b=/c", "/?b=/c"),
        ("http://a/x?y#z", "/x?y"),
    ])
    func keepsPathAndQueryAsWritten(url: String, path: String) {
        #expect(HookTarget(url: url)?.path == path)
    }
}
