import HTTP
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// The informer over HTTP: a streamed state where there is one, and a list where there is none.
@Suite(.timeLimit(.minutes(1))) struct InformerStreamTests {
    private static let stream =
        "GET /api/v1/configmaps?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
        + "&allowWatchBookmarks=true&timeoutSeconds=300"
    private static let list = "GET /api/v1/configmaps?limit=500"

    private static func watch(_ version: String) -> String {
        "GET /api/v1/configmaps?watch=1&resourceVersion=\(version)&allowWatchBookmarks=true&timeoutSeconds=300"
    }

    private static func line(_ type: String, _ name: String, _ version: String, _ value: String = "1") -> String {
        ServerResponse.line(type, name, version, value)
    }

    private static func expired(_ code: Int = 410) -> String {
        ServerResponse.event(
            "ERROR",
            [
                "kind": "Status", "message": "too old resource version: 1 (9)", "reason": "Expired",
                "code": .number(JSONNumber(code)),
            ]
        )
    }

    @Test func takesTheStateAsAStream() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .silent(after: [
                    Self.line("ADDED", "a", "3"), Self.line("ADDED", "b", "5"), ServerResponse.endOfState("9"),
                    Self.line("MODIFIED", "a", "11"),
                ])
            ])
        )
        #expect(await followed.next(3) == ["added a 3", "added b 5", "updated a 3 to 11"])
        #expect(followed.informer.hasSynced)
        #expect(followed.informer.availability == .served)
        #expect(followed.server.lines == [Self.stream])
        await followed.stop()
    }

    @Test func tellsNothingBeforeTheStateIsWhole() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .pieces([
                    Self.line("ADDED", "a", "3"), Self.line("ADDED", "b", "4"), Self.line("DELETED", "a", "6"),
                    Self.line("MODIFIED", "b", "7"),
                ]),
                .list([("c", "8")], version: "9"),
                .silent(after: [Self.line("ADDED", "d", "10")]),
            ])
        )
        #expect(await followed.next(2) == ["added c 8", "added d 10"])
        #expect(followed.server.lines == [Self.stream, Self.list, Self.watch("9")])
        await followed.stop()
    }

    @Test func takesInWhatChangesWhileTheStateIsSent() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .silent(after: [
                    Self.line("ADDED", "a", "3"), Self.line("ADDED", "b", "4"), Self.line("DELETED", "a", "6"),
                    Self.line("MODIFIED", "b", "7"), ServerResponse.endOfState("7"),
                    Self.line("ADDED", "a", "8"),
                ])
            ])
        )
        #expect(await followed.next(2) == ["added b 7", "added a 8"])
        await followed.stop()
    }

    @Test(
        arguments: [
            ServerResponse.failure(422, "Invalid", "sendInitialEvents: Forbidden: not enabled"),
            .failure(400, "BadRequest", "unknown parameter"),
            .pieces([expired(500)]),
        ]
    )
    func listsWhereTheStateIsNotStreamed(refusal: ServerResponse) async throws {
        let followed = FollowedServer(
            ScriptedServer([
                refusal, .list([("a", "3")], version: "4"), .pieces([Self.line("ADDED", "b", "5"), Self.expired()]),
                .list([("a", "3"), ("c", "7")], version: "8"), .silent(after: []),
            ])
        )
        #expect(await followed.next(4) == ["added a 3", "added b 5", "added c 7", "deleted b 5"])
        // It was refused once: later states are listed at once.
        let lines = await followed.requests(5)
        #expect(lines == [Self.stream, Self.list, Self.watch("4"), Self.list, Self.watch("8")])
        await followed.stop()
    }

    @Test(arguments: [401, 503])
    func asksForAStreamAgainWhereItWasNotRefusedForGood(code: Int) async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .failure(code, "", "not now"), .list([("a", "3")], version: "4"), .pieces([Self.expired()]),
                .silent(after: [Self.line("ADDED", "b", "8"), ServerResponse.endOfState("9")]),
            ])
        )
        #expect(await followed.next(3) == ["added a 3", "added b 8", "deleted a 3"])
        #expect(followed.server.lines == [Self.stream, Self.list, Self.watch("4"), Self.stream])
        await followed.stop()
    }

    @Test func streamsTheStateAgainAfterAnExpiry() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .pieces([Self.line("ADDED", "a", "3"), ServerResponse.endOfState("4"), Self.expired()]),
                .silent(after: [
                    Self.line("ADDED", "a", "9", "2"), Self.line("ADDED", "b", "8"), ServerResponse.endOfState("9"),
                ]),
            ])
        )
        #expect(await followed.next(3) == ["added a 3", "updated a 3 to 9", "added b 8"])
        #expect(followed.server.lines == [Self.stream, Self.stream])
        await followed.stop()
    }

    @Test func listsInPagesWithItsSelectors() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .list([("a", "3")], version: "9", token: "t"), .list([("b", "5")], version: "9"),
                .silent(after: [Self.line("ADDED", "c", "10")]),
            ]),
            labelSelector: "app=x",
            fieldSelector: "metadata.namespace=test",
            streamsState: false
        )
        #expect(await followed.next(3) == ["added a 3", "added b 5", "added c 10"])
        let selectors = "&labelSelector=app%3Dx&fieldSelector=metadata.namespace%3Dtest"
        #expect(
            followed.server.lines == [
                Self.list + selectors, Self.list + selectors + "&continue=t", Self.watch("9") + selectors,
            ]
        )
        await followed.stop()
    }

    @Test func spreadsTheEndsOfItsWatches() async throws {
        let followed = FollowedServer(
            ScriptedServer([.list([], version: "9"), .silent(after: [])]),
            streamsState: false,
            jitter: 0.5
        )
        #expect(await followed.requests(2).last?.hasSuffix("&timeoutSeconds=450") == true)
        await followed.stop()
    }

    @Test func reportsAKindThatIsMissingAndFindsItAgain() async throws {
        let followed = FollowedServer(
            ScriptedServer([
                .failure(404, "NotFound", "the server could not find the requested resource"),
                .pieces([Self.line("ADDED", "a", "3"), ServerResponse.endOfState("4")]),
                .failure(404, "NotFound", "the server could not find the requested resource"),
                .failure(404, "NotFound", "the server could not find the requested resource"),
                .failure(404, "NotFound", "the server could not find the requested resource"),
                .silent(after: [Self.line("ADDED", "b", "9"), ServerResponse.endOfState("9")]),
            ])
        )
        try await followed.informer.waitUntilSynced()
        #expect(followed.informer.availability == .missing)
        await followed.clock.waitForSleepers(count: 1)
        #expect(followed.clock.timeToNextSleeper == .seconds(30))
        await followed.clock.advanceToNextSleeper()
        // Installed, and removed again: the watch cannot go on.
        #expect(await followed.next(2) == ["added a 3", "deleted a 3"])
        #expect(followed.informer.availability == .missing)
        await followed.clock.advanceToNextSleeper()
        await followed.clock.advanceToNextSleeper()
        #expect(await followed.next(1) == ["added b 9"])
        #expect(followed.availabilities.withLock { $0 } == [.missing, .served, .missing, .served])
        await followed.stop()
    }

    @Test func goesOnFromWhereItWasWhenAWatchFallsSilent() async throws {
        let server = ScriptedServer([
            .silent(after: [Self.line("ADDED", "a", "3"), ServerResponse.endOfState("4")]),
            .silent(after: [Self.line("ADDED", "b", "5")]),
        ])
        let loopback = try LoopbackServer(server)
        let followed = FollowedServer(server, api: loopback.client(watchIdleTimeout: .milliseconds(100)))
        #expect(await followed.next(1) == ["added a 3"])
        // Nobody ends the watch: its silence does, and after a wait the next one goes on.
        await followed.clock.advanceToNextSleeper()
        #expect(await followed.next(1) == ["added b 5"])
        #expect(server.lines.prefix(2) == [Self.stream, Self.watch("4")])
        await followed.stop()
        await loopback.stop()
    }
}
