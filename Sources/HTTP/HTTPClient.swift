internal import HTTPTypes
package import Sockets
package import TLS

/// An HTTP/1.1 client of one endpoint, with a pool of kept-alive connections.
package final class HTTPClient: HTTPTransport {
    private let route: ClientRoute
    private let tls: Result<TLSContext?, any Error>
    private let loops: EventLoopGroup
    private let limits: ClientLimits
    private let pool: ClientPool

    /// A client of `endpoint`.
    ///
    /// `tls` says whom to trust and who we are when it is secure (the system's authorities and nobody when nil);
    /// `address` is a `host:port` to connect to instead, as for `curl --resolve`: the Host field, SNI and the
    /// certificate's check stay with the endpoint. `proxy` is asked for the way there unless there is an `address`.
    package init(
        endpoint: HTTPEndpoint,
        tls: TLSContext?,
        loops: EventLoopGroup,
        address: String? = nil,
        proxy: ClientProxy? = nil,
        limits: ClientLimits = ClientLimits()
    ) {
        route = ClientRoute(to: endpoint, at: address, through: proxy)
        self.loops = loops
        self.limits = limits
        pool = ClientPool(limits)
        self.tls = Result {
            guard endpoint.isSecure else { return nil }
            return try tls ?? TLSContext.client()
        }
    }

    /// How many connections there are now, and how many calls wait for one.
    package var usage: ClientUsage { pool.usage }

    /// Sends over a pooled or a new connection.
    ///
    /// A request that a kept-alive connection swallowed before any byte of an answer is sent once more on a new one
    /// when its method is safe.
    ///
    /// - Throws: `HTTPError`, and `CancellationError` when the task was cancelled.
    package func send(_ request: ClientRequest) async throws -> ClientResponse {
        let call = ClientDeadline(.call, request.timeout)
        if let response = try await attempt(request, onNew: false, until: call) { return response }
        guard let response = try await attempt(request, onNew: true, until: call) else {
            throw HTTPError(code: .closed, operation: "send to \(route.peer)", reason: "closed without a response")
        }
        return response
    }

    /// Sends once; nil when a kept-alive connection, which has gone by then, swallowed a request that can be sent again.
    private func attempt(
        _ request: ClientRequest,
        onNew isNew: Bool,
        until call: ClientDeadline
    ) async throws -> ClientResponse? {
        let turn = try await Self.cancellable {
            try await self.pool.turn(isNew: isNew, peer: self.route.peer, loops: self.loops, until: call)
        }
        switch turn {
        case .open(let slot):
            return try await exchange(request, on: connect(in: slot, until: call), until: call)
        case .reuse(let pooled):
            do { return try await exchange(request, on: pooled, until: call) } catch let error as HTTPError {
                // RFC 9110 section 9.2.1: a safe method can be sent again. The connection was closed as we sent.
                let isSafe = [.get, .head, .options].contains(request.head.method)
                guard error.code == .closed, isSafe, !isNew, !pooled.hasAnswered else { throw error }
                return nil
            }
        }
    }

    private func connect(in slot: ClientSlot, until call: ClientDeadline) async throws -> ClientConnection {
        let loop = loops.next
        let context = try context()
        let deadline = call.orEarlier(ClientDeadline(.connect, limits.connectTimeout))
        return try await Self.cancellable {
            try await withTaskExecutorPreference(loop) {
                try await ClientConnection.open(
                    by: self.route,
                    tls: context,
                    slot: slot,
                    on: loop,
                    until: deadline
                )
            }
        }
    }

    private func context() throws(HTTPError) -> TLSContext? {
        do { return try tls.get() } catch {
            throw HTTPError(code: .tls, operation: "connect to \(route.peer)", reason: "\(error)")
        }
    }

    private func exchange(
        _ request: ClientRequest,
        on connection: ClientConnection,
        until call: ClientDeadline
    ) async throws -> ClientResponse {
        try await Self.cancellable {
            try await withTaskExecutorPreference(connection.loop) {
                // Sending waits for nothing, and so would not notice; the connection is as good as it was.
                guard !Task.isCancelled else {
                    self.pool.put(connection)
                    throw CancellationError()
                }
                let head = try await connection.exchange(request, by: self.route, until: call)
                let first = try connection.pieceAtHand()
                if connection.isDone {
                    if connection.finishExchange() { self.pool.put(connection) }
                    return ClientResponse(head: head, body: ClientBody(first))
                }
                let reader = ClientBodyReader(connection, first: first, pool: self.pool, call: call, of: request)
                return ClientResponse(head: head, body: ClientBody(reader))
            }
        }
    }

    /// Runs `body`; a failure of a cancelled task is its cancellation.
    static func cancellable<Output: Sendable>(_ body: () async throws -> Output) async throws -> Output {
        do { return try await body() } catch {
            try Task.checkCancellation()
            throw error
        }
    }
}
