import HTTP
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct InMemoryTransportTests {
    private static let get = ClientRequest(method: .get, path: "/a")

    @Test func callsTheHandler() async throws {
        let transport = InMemoryTransport(handler: ClosureHandler(body: echo))
        let response = try await transport.send(ClientRequest(method: .post, path: "/a", body: Array("x".utf8)))
        #expect(response.head.status == .ok)
        #expect(text(try await response.body.collect(upTo: 100)) == "POST /a x")
    }

    @Test func saysWhoCalls() async throws {
        let handler = ClosureHandler { request in
            ServerResponse(status: .ok, body: .bytes(Array((request.clientCommonName ?? "nobody").utf8)))
        }
        let transport = InMemoryTransport(handler: handler, clientCommonName: "me")
        #expect(text(try await transport.send(Self.get).body.collect(upTo: 100)) == "me")
    }

    @Test func streamsPieces() async throws {
        let handler = ClosureHandler { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write([1])
                    try await writer.write([2, 3])
                }
            )
        }
        var pieces: [[UInt8]] = []
        for try await piece in try await InMemoryTransport(handler: handler).send(Self.get).body {
            pieces.append(piece)
        }
        #expect(pieces == [[1], [2, 3]])
    }

    @Test func aCancelledReaderIsToldSo() async throws {
        let begun = Gate()
        let handler = ClosureHandler { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write([1])
                    await untilCancelled()
                }
            )
        }
        let reading = Task {
            for try await _ in try await InMemoryTransport(handler: handler).send(Self.get).body { begun.open() }
        }
        await begun.wait()
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }

    @Test func droppingTheBodyCancelsTheProducer() async throws {
        let ended = Gate()
        let handler = ClosureHandler { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write([1])
                    await untilCancelled()
                    ended.open()
                }
            )
        }
        for try await _ in try await InMemoryTransport(handler: handler).send(Self.get).body { break }
        await ended.wait()
    }
}
