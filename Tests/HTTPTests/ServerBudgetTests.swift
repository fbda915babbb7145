import HTTP
import HTTPTypes
import Sockets
import Testing

/// What the bodies of all connections may hold together.
@Suite(.timeLimit(.minutes(1))) struct ServerBudgetTests {
    private static let large = 600 << 10

    private static func post(_ path: String, length: Int, sent: Int? = nil) -> [UInt8] {
        let head = "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n"
        return Array(head.utf8) + [UInt8](repeating: 0x61, count: sent ?? length)
    }

    private static let refusal =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 1\r\n"
        + "Content-Length: 35\r\nConnection: close\r\n\r\ntoo many bytes of requests at once\n"

    /// Asks on a connection of its own until `isDone`: each answer says that the server has had time for the others.
    private func ask(_ server: HTTPServer, _ loops: EventLoopGroup, until isDone: () -> Bool) async throws {
        let connection = try await RawConnection.open(server.port, loops)
        while !isDone() {
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.read(through: "done")
        }
    }

    @Test func aBodyTooManyIsTold503UntilAnotherIsAnswered() async throws {
        let arrived = Gate()
        let mayFinish = Gate()
        try await withServer(configure: setting(\.maxBodyBytes, 1 << 20)) { request in
            if request.path == "/slow" {
                arrived.open()
                await mayFinish.wait()
            }
            return .text("done", status: .ok)
        } _: { server, loops in
            let slow = try await RawConnection.open(server.port, loops)
            try await slow.send(Self.post("/slow", length: Self.large))
            await arrived.wait()
            #expect(server.statistics.bodyBytes >= Self.large - (64 << 10))
            let other = try await RawConnection.open(server.port, loops)
            try await other.send(Self.post("/", length: Self.large))
            #expect(undated(try await other.readToEnd()) == Self.refusal)
            // What is usual is answered all the same.
            let usual = try await RawConnection.open(server.port, loops)
            try await usual.send(Self.post("/", length: 32 << 10))
            _ = try await usual.read(through: "done")
            mayFinish.open()
            _ = try await slow.read(through: "done")
            #expect(server.statistics.bodyBytes == 0)
            try await usual.send(Self.post("/", length: Self.large))
            _ = try await usual.read(through: "done")
            #expect(server.statistics.refusals["body_bytes"] == 1)
            #expect(server.statistics.refusals["status_503"] == nil)
            #expect(server.statistics.answers == [200: 3, 503: 1])
        }
    }

    @Test(arguments: [true, false])
    func aBodyThatOutgrowsTheBudgetIsRefusedBeforeItIsWhole(isChunked: Bool) async throws {
        try await withServer(configure: setting(\.maxBodyBytes, 128 << 10)) { _ in
            .text("done", status: .ok)
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
            let framing = isChunked ? "Transfer-Encoding: chunked\r\n\r\n400000\r\n" : "Content-Length: 4194304\r\n\r\n"
            try await connection.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)")
            try await connection.send(bytes)
            #expect(undated(try await connection.readToEnd()) == Self.refusal)
            #expect(server.statistics.bodyBytes == 0)
        }
    }

    @Test func anAnswerThatNobodyReadsHoldsNoBody() async throws {
        let answered = Gate()
        // With one loop: what follows the handler is done before the next request is read.
        try await withServer(loops: 1, configure: setting(\.maxBodyBytes, 1 << 20)) { request in
            guard request.path == "/large" else { return .text("done", status: .ok) }
            answered.open()
            return ServerResponse(status: .ok, body: .bytes([UInt8](repeating: 0x61, count: 8 << 20)))
        } _: { server, loops in
            let slow = try await RawConnection.open(server.port, loops)
            try await slow.send(Self.post("/large", length: Self.large))
            await answered.wait()
            let other = try await RawConnection.open(server.port, loops)
            try await other.send(Self.post("/", length: Self.large))
            #expect(try await other.read(through: "\r\n") == "HTTP/1.1 200 OK\r\n")
            withExtendedLifetime(slow) {}
        }
    }

    @Test func whoGoesInTheMiddleOfABodyHoldsNothing() async throws {
        try await withServer(configure: setting(\.maxBodyBytes, 1 << 20)) { _ in
            .text("done", status: .ok)
        } _: { server, loops in
            do {
                let leaving = try await RawConnection.open(server.port, loops)
                try await leaving.send(Self.post("/", length: 2 * Self.large, sent: Self.large))
                try await ask(server, loops) { server.statistics.bodyBytes > 0 }
            }
            try await ask(server, loops) { server.statistics.bodyBytes == 0 }
            #expect(server.statistics.refusals["body_bytes"] == 0)
        }
    }
}
