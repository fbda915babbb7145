internal import Platform

/// Hands the pieces of a streamed body from its producer to the connection's task, one at a time: a writer goes on only
/// when its piece has been sent.
final class StreamExchange: ResponseBodyWriter {
    /// What the connection's task has to do.
    enum Message {
        /// Send this.
        case piece([UInt8])
        /// Cancel the producer: the server is draining.
        case draining
        /// The producer has returned, or failed.
        case finished((any Error)?)
        /// The client has gone, or the connection's task was cancelled.
        case lost
    }

    private struct State {
        var pieces: [(bytes: [UInt8], writer: CheckedContinuation<Void, any Error>)] = []
        /// The writer whose piece is being sent.
        var current: CheckedContinuation<Void, any Error>?
        var reader: CheckedContinuation<Message, Never>?
        var isDraining = false
        var end: (any Error)??
        var isLost = false

        /// What to do next, if anything.
        mutating func take() -> Message? {
            if isLost { return .lost }
            if isDraining {
                isDraining = false
                return .draining
            }
            if !pieces.isEmpty {
                let (bytes, writer) = pieces.removeFirst()
                current = writer
                return .piece(bytes)
            }
            if case .some(let error) = end { return .finished(error) }
            return nil
        }
    }

    private let state = Locked(State())

    /// Hands over `bytes` and suspends until they are sent.
    func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { writer in
            let isRefused = state.withLock { state in
                if !state.isLost { state.pieces.append((bytes, writer)) }
                return state.isLost
            }
            if isRefused { writer.resume(throwing: Self.gone) }
            signal()
        }
    }

    /// The next message; the piece that was handed out before counts as sent.
    func next() async -> Message {
        let sent = state.withLock { state in
            defer { state.current = nil }
            return state.current
        }
        sent?.resume()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let message = state.withLock { state in
                    let message = state.take()
                    if message == nil { state.reader = reader }
                    return message
                }
                if let message { reader.resume(returning: message) }
            }
        } onCancel: {
            lose()
        }
    }

    /// The producer has ended.
    func finish(_ error: (any Error)?) {
        state.withLock { $0.end = .some(error) }
        signal()
    }

    /// The server has begun to drain.
    func drain() {
        state.withLock { $0.isDraining = true }
        signal()
    }

    /// The client has gone.
    func lose() {
        state.withLock { $0.isLost = true }
        signal()
    }

    /// Nothing will be sent any more: all writers fail, now and later.
    func close() {
        let writers = state.withLock { state in
            state.isLost = true
            defer {
                state.pieces = []
                state.current = nil
            }
            return state.pieces.map(\.writer) + (state.current.map { [$0] } ?? [])
        }
        for writer in writers { writer.resume(throwing: Self.gone) }
    }

    private static let gone = HTTPError(
        code: .closed,
        operation: "write response body",
        reason: "the client has gone or does not read"
    )

    private func signal() {
        let waiting = state.withLock { state -> (CheckedContinuation<Message, Never>, Message)? in
            guard let reader = state.reader, let message = state.take() else { return nil }
            state.reader = nil
            return (reader, message)
        }
        if let (reader, message) = waiting { reader.resume(returning: message) }
    }
}
