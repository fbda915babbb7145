internal import Platform
internal import Sockets

/// The rest of a response's body on its connection.
///
/// When it goes before the end, so does the connection.
final class ClientBodyReader: Sendable {
    private struct State {
        var connection: ClientConnection?
        /// The part that came with the head.
        var first: [UInt8]
    }

    private let state: Locked<State>
    private let pool: ClientPool
    private let call: ClientDeadline
    private let body: ClientDeadline?
    private let idleTimeout: Duration

    init(
        _ connection: ClientConnection,
        first: [UInt8],
        pool: ClientPool,
        call: ClientDeadline,
        of request: ClientRequest
    ) {
        state = Locked(State(connection: connection, first: first))
        self.pool = pool
        self.call = call
        body = request.bodyTimeout.map { ClientDeadline(.body, $0) }
        idleTimeout = request.idleTimeout
    }

    /// The next piece; nil at the end.
    ///
    /// The call's deadline counts where `isCollecting`, else the idle timeout does; the body's own does always. Throws `HTTPError`, and
    /// `CancellationError` when the task was cancelled; the body has ended then.
    func next(isCollecting: Bool) async throws -> [UInt8]? {
        let (first, connection) = state.withLock { state -> ([UInt8], ClientConnection?) in
            if !state.first.isEmpty {
                defer { state.first = [] }
                return (state.first, nil)
            }
            defer { state.connection = nil }
            return ([], state.connection)
        }
        if !first.isEmpty { return first }
        guard let connection else { return nil }
        let limit = (isCollecting ? call : ClientDeadline(.piece, idleTimeout)).orEarlier(body)
        return try await HTTPClient.cancellable {
            try await withTaskExecutorPreference(connection.loop) {
                guard let piece = try await connection.readPiece(until: limit) else {
                    if connection.finishExchange() { self.pool.put(connection) }
                    return nil
                }
                self.state.withLock { $0.connection = connection }
                return piece
            }
        }
    }
}
