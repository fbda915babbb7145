internal import HTTPTypes
internal import Sockets

extension ServerConnection {
    /// Sends a body that `produce` writes piece by piece.
    ///
    /// The producer is a child task that hands its pieces over; only the connection's own task writes. Another child
    /// watches for the client's going, so that a producer that waits for something else learns of it at once.
    ///
    /// - Throws: `HTTPError` when the client is gone, or whatever `produce` throws: then the body has no end.
    func stream(
        _ produce: @escaping @Sendable (any ResponseBodyWriter) async throws -> Void,
        _ head: HTTPResponse,
        to request: ParsedRequest,
        closes: Bool
    ) async throws {
        let stall = shared.configuration.writeTimeout
        let hasBody = Self.allowsBody(head.status)
        let isChunked = !request.isVersion10
        let bytes = MessageWriter.head(
            of: head,
            framing: hasBody ? (isChunked ? .chunked : .untilClose) : .none,
            closes: closes,
            saysKeepAlive: false
        )
        shared.counters.answer(head.status.code)
        try await link.transport.write(bytes, stall: stall)
        guard hasBody, request.head.method != .head else { return }
        let exchange = StreamExchange()
        try await withThrowingTaskGroup(of: Void.self) { group in
            addProducer(produce, exchange, to: &group)
            addWatcher(exchange, to: &group)
            // Whatever ends the loop, nobody may wait for us afterwards.
            defer {
                exchange.close()
                group.cancelAll()
            }
            try await forward(exchange, from: &group, isChunked: isChunked)
        }
        if isChunked { try await link.transport.write(Array("0\r\n\r\n".utf8), stall: stall) }
    }

    private func addProducer(
        _ produce: @escaping @Sendable (any ResponseBodyWriter) async throws -> Void,
        _ exchange: StreamExchange,
        to group: inout ThrowingTaskGroup<Void, any Error>
    ) {
        group.addTask {
            do {
                try await produce(exchange)
                exchange.finish(nil)
            } catch {
                exchange.finish(error)
            }
        }
    }

    private func addWatcher(_ exchange: StreamExchange, to group: inout ThrowingTaskGroup<Void, any Error>) {
        let loop = link.transport.loop
        let socket = link.transport.socket.handle
        let stage = shared.stage
        group.addTask {
            if stage.isDraining { return exchange.drain() }
            switch await loop.wait(for: .hangUp, on: socket, until: .never, tag: stage.busyTag) {
            case .ready: exchange.lose()
            case .interrupted: exchange.drain()
            case .cancelled, .timedOut: break
            }
        }
    }

    /// Writes what the producer hands over until it has finished.
    ///
    /// Not inlined: the optimiser of Swift 6.3.1 crashes when it splits the coroutine that would come of it.
    @inline(never)
    private func forward(
        _ exchange: StreamExchange,
        from group: inout ThrowingTaskGroup<Void, any Error>,
        isChunked: Bool
    ) async throws {
        let stall = shared.configuration.writeTimeout
        while true {
            switch await exchange.next() {
            case .piece(let piece):
                guard !piece.isEmpty else { continue }
                if isChunked {
                    let end: [UInt8] = [13, 10]
                    try await link.transport.write(MessageWriter.chunkHead(piece.count) + piece + end, stall: stall)
                } else {
                    try await link.transport.write(piece, stall: stall)
                }
            case .draining: group.cancelAll()
            case .finished(let error):
                if let error { throw error }
                return
            case .lost: throw HTTPError(code: .closed, operation: "write to client", reason: "the client has gone")
            }
        }
    }
}
