import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing

/// The time that a request allows itself.
@Suite(.timeLimit(.minutes(1))) struct ServerTimeoutTests {
    /// A server whose requests allow themselves 20 ms, and the ids of those that were answered late.
    private func withImpatientServer(
        handler: @escaping @Sendable (ServerRequest) async -> ServerResponse,
        _ body: (HTTPServer, EventLoopGroup) async throws -> Void
    ) async throws -> [String] {
        let reports = Locked<[String]>([])
        try await withServer(
            configure: {
                $0.requestTimeout = { $0.path == "/patient" ? nil : .milliseconds(20) }
                $0.onLateAnswer = { path, id in reports.withLock { $0.append("\(path) \(id)") } }
            },
            handler: handler,
            body
        )
        return reports.withLock { $0 }
    }

    private static func lateAnswer(_ report: String?) -> String {
        let id = report?.split(separator: " ").last.map(String.init) ?? "nothing"
        let reason = "no answer in time, look for \(id) in the log\n"
        return "HTTP/1.1 504 Gateway Timeout\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: \(reason.utf8.count)\r\nConnection: close\r\n\r\n\(reason)"
    }

    @Test func aBodyThatIsNotWholeByThenIsAnswered408() async throws {
        let reports = try await withImpatientServer(handler: echo) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\no")
            #expect(try await connection.readToEnd().hasPrefix("HTTP/1.1 408 "))
            #expect(server.statistics.refusals["request_timeout"] == 1)
            #expect(server.statistics.refusals["body_timeout"] == 0)
        }
        #expect(reports.isEmpty)
    }

    @Test func aHandlerThatHasNotAnsweredByThenIsCancelled() async throws {
        let ended = Gate()
        var answer = ""
        let reports = try await withImpatientServer { request in
            await untilCancelled()
            ended.open()
            return await echo(request)
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("GET /late?x HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = undated(try await connection.readToEnd())
            await ended.wait()
            #expect(server.statistics.refusals["handler_timeout"] == 1)
            #expect(server.statistics.answers == [504: 1])
        }
        #expect(reports.count == 1)
        #expect(reports.first?.hasPrefix("/late?x ") == true)
        #expect(answer == Self.lateAnswer(reports.first))
    }

    @Test func aHandlerThatDoesNotListenKeepsNobodyWaiting() async throws {
        let mayFinish = Gate()
        var answer = ""
        let reports = try await withImpatientServer { request in
            await mayFinish.wait()
            return await echo(request)
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = undated(try await connection.readToEnd())
            #expect(server.statistics.requestsInFlight == 1)
            mayFinish.open()
        }
        // To HEAD, the head alone.
        #expect(answer == Self.lateAnswer(reports.first).components(to: "\r\n\r\n"))
    }

    @Test func aHandlerThatHoldsTheLoopIsLateToo() async throws {
        var answer = ""
        let reports = try await withImpatientServer { request in
            let end = MonotonicTime.now + .milliseconds(30)
            while .now < end {}
            return await echo(request)
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = undated(try await connection.readToEnd())
        }
        #expect(answer == Self.lateAnswer(reports.first))
    }

    @Test func eachRequestOfAConnectionHasItsOwnTime() async throws {
        let late = Gate()
        let reports = try await withImpatientServer { request in
            if request.path == "/late" {
                late.open()
                await untilCancelled()
            }
            return await echo(request)
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            for _ in 0..<3 {
                try await connection.send("GET /patient HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(through: "GET /patient ")
            }
            try await connection.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            await late.wait()
            #expect(try await connection.readToEnd().hasPrefix("HTTP/1.1 504 "))
        }
        #expect(reports.count == 1)
    }
}

extension String {
    /// All up to and with `end`.
    fileprivate func components(to end: String) -> String {
        guard let range = firstRange(of: end) else { return self }
        return String(self[..<range.upperBound])
    }
}
