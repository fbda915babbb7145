internal import HTTPTypes
internal import Platform
package import Sockets
package import TLS

/// An HTTP/1.1 client of one endpoint, with a pool of kept-alive connections.
package final class HTTPClient: HTTPTransport {
    private let endpoint: HTTPEndpoint
    private let tls: Result<TLSContext?, any Error>
    private let loops: EventLoopGroup
    private let address: String?
    private let pool = ClientPool()

    /// A client of `endpoint`.
    ///
    /// `tls` says whom to trust and who we are when it is secure (the system's authorities and nobody when nil);
    /// `address` is a `host:port` to connect to instead, as for `curl --resolve`: the Host field, SNI and the
    /// certificate's check stay with the endpoint.
    package init(endpoint: HTTPEndpoint, tls: TLSContext?, loops: EventLoopGroup, address: String? = nil) {
        self.endpoint = endpoint
        self.loops = loops
        self.address = address
        self.tls = Result {
            guard endpoint.isSecure else { return nil }
            return try tls ?? TLSContext.client()
        }
    }

    /// Sends over a pooled or a new connection.
    ///
    /// A request that a kept-alive connection swallowed before any byte of an answer is sent once more on a new one
    /// when its method is safe.
    ///
    /// - Throws: `HTTPError`, and `CancellationError` when the task was cancelled.
    package func send(_ request: ClientRequest) async throws -> ClientResponse {
        let deadline = MonotonicTime.now + request.timeout
        if let pooled = pool.take() {
            do {
                return try await exchange(request, on: pooled, until: deadline)
            } catch let error as HTTPError {
                // RFC 9110 section 9.2.1: a safe method can be sent again. The connection was closed as we sent.
                let isSafe = [.get, .head, .options].contains(request.head.method)
                guard error.code == .closed, isSafe, !pooled.hasAnswered else { throw error }
            }
        }
        return try await exchange(request, on: connect(until: deadline), until: deadline)
    }

    private func connect(until deadline: MonotonicTime) async throws -> ClientConnection {
        let loop = loops.next
        let target = try target()
        let context = try context()
        return try await Self.cancellable {
            try await withTaskExecutorPreference(loop) {
                try await ClientConnection.open(
                    to: target,
                    for: self.endpoint,
                    tls: context,
                    on: loop,
                    until: deadline
                )
            }
        }
    }

    private func target() throws(HTTPError) -> (host: String, port: UInt16) {
        guard let address else {
            guard let port = UInt16(exactly: endpoint.port), port > 0 else {
                throw HTTPError(
                    code: .unreachable,
                    operation: "connect to \(endpoint.authority)",
                    reason: "port \(endpoint.port), expected 1...65535"
                )
            }
            return (endpoint.host, port)
        }
        do throws(SocketError) { return try SocketAddress.split(address) } catch {
            throw HTTPError(
                code: .unreachable,
                operation: "connect to \(endpoint.authority)",
                reason: error.description
            )
        }
    }

    private func context() throws(HTTPError) -> TLSContext? {
        do { return try tls.get() } catch {
            throw HTTPError(code: .tls, operation: "connect to \(endpoint.authority)", reason: "\(error)")
        }
    }

    private func exchange(
        _ request: ClientRequest,
        on connection: ClientConnection,
        until deadline: MonotonicTime
    ) async throws -> ClientResponse {
        try await Self.cancellable {
            try await withTaskExecutorPreference(connection.loop) {
                let head = try await connection.exchange(request, authority: self.endpoint.authority, until: deadline)
                let first = try connection.pieceAtHand()
                if connection.isDone {
                    if connection.finishExchange() { self.pool.put(connection) }
                    return ClientResponse(head: head, body: ClientBody(first))
                }
                let reader = ClientBodyReader(
                    connection,
                    first: first,
                    pool: self.pool,
                    deadline: deadline,
                    idleTimeout: request.idleTimeout
                )
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
