import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing

/// Servers that are replaced one after the other under load.
@Suite(.timeLimit(.minutes(1))) struct ServerRestartTests {
    /// A server, and a client that keeps its connections.
    private struct Pod: Sendable {
        let server: HTTPServer
        let client: HTTPClient
        let task: Task<Void, any Error>

        init(_ loops: EventLoopGroup, _ clientLoops: EventLoopGroup) throws {
            let server = try HTTPServer(
                configuration: HTTPServer.Configuration(address: "127.0.0.1:0"),
                loops: loops,
                handler: ClosureHandler(body: echo)
            )
            self.server = server
            client = HTTPClient(server, tls: nil, loops: clientLoops)
            task = Task(executorPreference: loops.loops[0]) { try await server.run() }
        }

        func end() async throws {
            task.cancel()
            try await task.value
        }
    }

    /// Who is ready, and how much has been answered to whom.
    private struct State {
        var ready: [Pod]
        var answered: [Int]
        var waiting: (counts: [Int], continuation: CheckedContinuation<Void, Never>)?
        var isOver = false
    }

    private static let callers = 8

    /// Suspends until each caller has had two more answers: the second one's request began after this call.
    private func untilAllHaveMovedOn(_ state: Locked<State>) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiting = ($0.answered.map { $0 + 2 }, continuation) }
        }
    }

    private func call(_ number: Int, _ state: Locked<State>) async throws {
        while true {
            let pod = state.withLock { state in
                state.isOver ? nil : state.ready[state.answered[number] % state.ready.count]
            }
            guard let pod else { return }
            let request = ClientRequest(method: .post, path: "/\(number)", body: [0x21])
            let response = try await pod.client.send(request)
            #expect(text(try await response.body.collect(upTo: 100)) == "POST /\(number) !")
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                state.answered[number] += 1
                guard let (counts, continuation) = state.waiting,
                    zip(state.answered, counts).allSatisfy({ $0 >= $1 })
                else { return nil }
                state.waiting = nil
                return continuation
            }
            continuation?.resume()
        }
    }

    @Test func noRequestFailsForWhoFollowsReadiness() async throws {
        let loops = EventLoopGroup(count: 2)
        let first = try [Pod(loops, loops), Pod(loops, loops)]
        let state = Locked(State(ready: first, answered: [Int](repeating: 0, count: Self.callers)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.callers { group.addTask { try await call(number, state) } }
            for turn in 0..<10 {
                await untilAllHaveMovedOn(state)
                let next = try Pod(loops, loops)
                let old = state.withLock { state in
                    let old = state.ready[turn % 2]
                    state.ready[turn % 2] = next
                    return old
                }
                old.server.announceEnd()
                await untilAllHaveMovedOn(state)
                try await old.end()
            }
            state.withLock { $0.isOver = true }
            try await group.waitForAll()
        }
        for pod in state.withLock({ $0.ready }) { try await pod.end() }
        await Task.detached { loops.shutdown() }.value
    }

    @Test func whoIsToldOfTheEndIsServedUntilThen() async throws {
        try await withServer(handler: echo) { server, loops in
            let before = try await RawConnection.open(server.port, loops)
            try await before.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await before.read(through: "GET /1 ")
            server.announceEnd()
            try await before.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await before.readToEnd().hasSuffix("Connection: close\r\n\r\nGET /2 "))
            let after = try await RawConnection.open(server.port, loops)
            try await after.send("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await after.readToEnd().hasSuffix("Connection: close\r\n\r\nGET /3 "))
        }
    }

    @Test func bytesBehindTheLastRequestDoNotTakeItsAnswerBack() async throws {
        try await withServer(configure: setting(\.lingerTimeout, .seconds(20)), handler: echo) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            let request = Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
            // More than both sockets hold.
            try await connection.send(request + [UInt8](repeating: 0x61, count: 8 << 20))
            connection.finishWriting()
            #expect(try await connection.readToEnd().hasSuffix("Connection: close\r\n\r\nGET / "))
        }
    }
}
