import Analysis
import Controller
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Rollout
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPHookCallerTests {
    /// The story's Canary whose only hook is `hook`.
    private static func canary(_ hook: JSONValue) throws -> Canary {
        var canary = try Examples.canary()
        canary[path: "spec", "analysis", "webhooks"] = [hook]
        return try Canary(canary)
    }

    private static let hook: JSONValue = [
        "name": "smoke", "type": "pre-rollout", "url": "http://hooks.test/smoke", "timeout": "3s", "retries": 0,
        "metadata": ["cmd": "curl -s"],
    ]

    private static func caller(_ handler: PreparedAnswers) -> HookCaller {
        HookCaller(clock: ManualClock()) { _ in InMemoryTransport(handler: handler) }
    }

    private func answer(_ caller: HTTPHookCaller, to hook: JSONValue = hook) async throws -> Answer {
        let canary = try Self.canary(hook)
        let hook = try #require(canary.analysis.hooks.first)
        return try await caller.call(hook, of: canary, phase: .progressing, revision: "5d4c0a1b2e")
    }

    @Test(arguments: [
        (200, "fine", Answer.passed), (403, "not\nyet", .refused("not yet")), (404, "", .refused("status 404")),
    ])
    func passesOnWhatTheHookSaid(status: Int, body: String, expected: Answer) async throws {
        #expect(try await answer(HTTPHookCaller(Self.caller(PreparedAnswers(status, body)))) == expected)
    }

    @Test func tellsTheHookWhatIsAskedAbout() async throws {
        let handler = PreparedAnswers(200, "")
        _ = try await answer(HTTPHookCaller(Self.caller(handler)))
        let request = try #require(handler.requests.first)
        #expect(request.head.path == "/smoke")
        #expect(
            try JSONValue(parsing: request.body) == [
                "name": "podinfo", "namespace": "test", "phase": "Progressing", "checksum": "5d4c0a1b2e",
                "metadata": ["cmd": "curl -s"],
            ]
        )
    }

    @Test func leavesEmptyMetadataOut() async throws {
        var hook = Self.hook
        hook["metadata"] = [:]
        let handler = PreparedAnswers(200, "")
        _ = try await answer(HTTPHookCaller(Self.caller(handler)), to: hook)
        let payload = try JSONValue(parsing: try #require(handler.requests.first).body)
        #expect(payload["metadata"] == nil)
    }

    @Test func tellsAHookThatIsNotThereFromOneThatRefuses() async throws {
        let caller = HTTPHookCaller(HookCaller(clock: ManualClock()) { _ in NobodyThere() })
        #expect(try await answer(caller) == .unavailable("connect to hooks.test:80: connection refused"))
    }

    @Test func checksNoCertificateOnlyWhereTheHookSaysSo() async throws {
        var lax = Self.hook
        lax["disableTLS"] = true
        let strict = HTTPHookCaller(Self.caller(PreparedAnswers(200, "")))
        #expect(try await answer(strict, to: lax) == .unavailable("call hook smoke: disableTLS is not allowed here"))

        let checked = PreparedAnswers(200, "")
        let unchecked = PreparedAnswers(200, "")
        let both = HTTPHookCaller(Self.caller(checked), unverified: Self.caller(unchecked))
        #expect(try await answer(both, to: lax) == .passed)
        #expect((checked.requests.count, unchecked.requests.count) == (0, 1))
        #expect(try await answer(both) == .passed)
        #expect((checked.requests.count, unchecked.requests.count) == (1, 1))
    }

    @Test func endsWithItsTask() async throws {
        let clock = ManualClock()
        let caller = HTTPHookCaller(HookCaller(clock: clock) { _ in NobodyThere() })
        var patient = Self.hook
        patient["retries"] = 3
        let hook = patient
        let call = Task { try await answer(caller, to: hook) }
        await clock.waitForSleepers(count: 1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
    }
}
