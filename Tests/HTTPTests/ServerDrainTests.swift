import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing

/// What `run()` does once it is cancelled.
@Suite(.timeLimit(.minutes(1))) struct ServerDrainTests {
    /// A server, and the task that runs it.
    private struct Running {
        let server: HTTPServer
        let task: Task<Void, any Error>
        let loops: EventLoopGroup

        func open() async throws -> RawConnection { try await RawConnection.open(server.port, loops) }

        func end() async throws {
            task.cancel()
            try await task.value
            let loops = loops
            await Task.detached { loops.shutdown() }.value
        }
    }

    private func start(
        loops count: Int = 2,
        drainTimeout: Duration = .seconds(25),
        handler: @escaping @Sendable (ServerRequest) async -> ServerResponse
    ) throws -> Running {
        let loops = EventLoopGroup(count: count)
        var configuration = HTTPServer.Configuration(address: "127.0.0.1:0")
        configuration.drainTimeout = drainTimeout
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: ClosureHandler(body: handler))
        return Running(
            server: server,
            task: Task(executorPreference: loops.loops[0]) { try await server.run() },
            loops: loops
        )
    }

    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func requestsInFlightFinishAndIdleConnectionsAreClosed() async throws {
        let arrived = Gate()
        let mayFinish = Gate()
        let running = try start { request in
            if request.path == "/slow" {
                arrived.open()
                await mayFinish.wait()
            }
            return await echo(request)
        }
        let idle = try await running.open()
        try await idle.send(Self.request)
        _ = try await idle.read(through: "GET / ")
        let unused = try await running.open()
        let busy = try await running.open()
        try await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        await arrived.wait()
        running.task.cancel()
        #expect(try await idle.readToEnd() == "")
        // It may not even have been accepted, and is reset then.
        do { #expect(try await unused.readToEnd() == "") } catch is SocketError {}
        await #expect(throws: SocketError.self) { _ = try await running.open() }
        mayFinish.open()
        #expect(
            undated(try await busy.readToEnd())
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\nGET /slow "
        )
        try await running.end()
    }

    @Test func aRequestWhoseHeadHasBegunIsAnswered() async throws {
        let running = try start(handler: echo)
        let connection = try await running.open()
        try await connection.send(Self.request + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\no")
        _ = try await connection.read(through: "GET / ")
        // The answer to the first says that the start of the second has been read with it.
        running.task.cancel()
        try await connection.send("k")
        #expect(try await connection.readToEnd().hasSuffix("Connection: close\r\n\r\nPOST / ok"))
        try await running.end()
    }

    @Test func aRequestThatHasArrivedIsAnswered() async throws {
        let drain = Locked<@Sendable () -> Void> {}
        // One loop: while it is with a handler, nothing looks at sockets.
        let running = try start(loops: 1) { request in
            if request.path == "/drain" { drain.withLock { $0 }() }
            return await echo(request)
        }
        let idle = try await running.open()
        try await idle.send(Self.request)
        _ = try await idle.read(through: "GET / ")
        drain.withLock {
            $0 = {
                do { try idle.sendNow("GET /arrived HTTP/1.1\r\nHost: a\r\n\r\n") } catch { Issue.record("\(error)") }
                running.task.cancel()
            }
        }
        let busy = try await running.open()
        try await busy.send("GET /drain HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await busy.readToEnd().hasSuffix("Connection: close\r\n\r\nGET /drain "))
        #expect(try await idle.readToEnd().hasSuffix("Connection: close\r\n\r\nGET /arrived "))
        drain.withLock { $0 = {} }
        try await running.end()
    }

    @Test func streamedBodiesAreCancelledAndEndProperly() async throws {
        let running = try start { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    await untilCancelled()
                    try await writer.write(Array("last".utf8))
                }
            )
        }
        let connection = try await running.open()
        try await connection.send(Self.request)
        _ = try await connection.read(through: "5\r\nfirst\r\n")
        running.task.cancel()
        #expect(try await connection.readToEnd() == "4\r\nlast\r\n0\r\n\r\n")
        try await running.end()
    }

    @Test func whatTakesTooLongIsCancelled() async throws {
        let arrived = Gate()
        let running = try start(drainTimeout: .milliseconds(20)) { request in
            arrived.open()
            await untilCancelled()
            return await echo(request)
        }
        let connection = try await running.open()
        try await connection.send(Self.request)
        await arrived.wait()
        try await running.end()
    }

    @Test func aServerThatWasCancelledBeforeReturnsAtOnce() async throws {
        let running = try start(handler: echo)
        try await running.end()
        await #expect(throws: (any Error).self) { _ = try await running.open() }
    }
}
