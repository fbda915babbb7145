import HTTP
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// How many calls are under way at once.
@Suite(.timeLimit(.minutes(1))) struct CallLimitTests {
    /// Answers each request when it is told to.
    private final class HeldServer: HTTPHandler {
        private let waiting = Locked<[CheckedContinuation<Void, Never>]>([])
        let most = Locked((now: 0, most: 0))

        func response(to request: ServerRequest) async -> ServerResponse {
            most.withLock { count in count = (count.now + 1, max(count.most, count.now + 1)) }
            await withCheckedContinuation { turn in waiting.withLock { $0.append(turn) } }
            most.withLock { $0.now -= 1 }
            return .json(configMap("a"))
        }

        /// How many requests wait for their answer.
        var count: Int { waiting.withLock { $0.count } }

        func answerOne() async {
            while count == 0, !Task.isCancelled { await Task.yield() }
            let turn = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            turn?.resume()
        }
    }

    @Test func letsNoMoreBeUnderWayAtOnce() async throws {
        let server = HeldServer()
        let client = KubernetesClient(transport: InMemoryTransport(handler: server), callLimit: 2)
        let calls = (0..<5).map { _ in Task { try await client.get(.configMaps, test) } }
        while client.waitingCallCount < 3 { await Task.yield() }
        #expect(server.count <= 2)
        for _ in 0..<5 { await server.answerOne() }
        for call in calls { #expect(try await call.value.name == "a") }
        #expect(server.most.withLock { $0.most } == 2)
        #expect(client.waitingCallCount == 0)
    }

    @Test func forgetsACallThatIsCancelledAsItWaits() async throws {
        let server = HeldServer()
        let client = KubernetesClient(transport: InMemoryTransport(handler: server), callLimit: 1)
        let first = Task { try await client.get(.configMaps, test) }
        while server.count < 1 { await Task.yield() }
        let second = Task {
            await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        }
        while client.waitingCallCount < 1 { await Task.yield() }
        second.cancel()
        #expect(await second.value?.message == "cancelled")
        let third = Task { try await client.get(.configMaps, test) }
        await server.answerOne()
        await server.answerOne()
        #expect(try await first.value.name == "a")
        #expect(try await third.value.name == "a")
        #expect(server.most.withLock { $0.most } == 1)
    }

    @Test func doesNotCountAWatchThatHasBegun() async throws {
        let server = ScriptedServer([.silent(after: []), .json(configMap("a"))])
        let client = KubernetesClient(transport: InMemoryTransport(handler: server), callLimit: 1)
        let watch = try await client.watch(.configMaps, namespace: nil, resourceVersion: "1")
        #expect(try await client.get(.configMaps, test).name == "a")
        _ = watch
    }
}
