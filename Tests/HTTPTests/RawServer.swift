import HTTP
import Platform
import Sockets
import TLS

/// A server that answers with bytes as they are: for each connection in turn it plays one part of a script.
final class RawServer: Sendable {
    /// What a connection does with the requests that come, which have no body, one after another; then it closes.
    enum Step: Sendable {
        /// Reads a request and sends this.
        case answer(String)
        /// Sends this without having been asked.
        case send(String)
        /// Reads a request and leaves it unanswered.
        case read
        /// Comes to the gate and stays until the other side closes.
        case untilClosed(Gate)
        /// Waits for the gate.
        case wait(Gate)
    }

    let port: Int
    private let listener: Socket
    private let loop: EventLoop
    private let seen = Locked<[String]>([])

    init(loops: EventLoopGroup) throws {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: 0) else { throw Unexpected("no address") }
        listener = try Socket.listening(on: address)
        port = Int(try listener.localAddress().port)
        loop = loops.next
    }

    /// The first line of each request that came, with the number of its connection: `1: GET / HTTP/1.1`.
    var requests: [String] { seen.withLock { $0 } }

    /// Plays `parts`; to be run on the loop.
    @concurrent
    func play(_ parts: [[Step]]) async throws {
        for (number, part) in parts.enumerated() {
            let connection = try await accept()
            for step in part {
                do { try await perform(step, on: connection, number + 1) } catch is SocketError {
                    // The client has gone, which some scripts are about.
                }
            }
        }
    }

    /// The head of the first request that comes.
    func firstHead() async throws -> String {
        try await withTaskExecutorPreference(loop) {
            try await self.accept().read(through: "\r\n\r\n")
        }
    }

    private func perform(_ step: Step, on connection: RawConnection, _ number: Int) async throws {
        switch step {
        case .answer(let text):
            try await read(connection, number)
            try await connection.send(text)
        case .send(let text): try await connection.send(text)
        case .read: try await read(connection, number)
        case .untilClosed(let gate):
            gate.open()
            _ = try await connection.readToEnd()
        case .wait(let gate): await gate.wait()
        }
    }

    private func read(_ connection: RawConnection, _ number: Int) async throws {
        let head = try await connection.read(through: "\r\n\r\n")
        seen.withLock { $0.append("\(number): \(head.prefix { $0 != "\r\n" })") }
    }

    @concurrent
    private func accept() async throws -> RawConnection {
        while true {
            if let socket = try listener.accept() { return RawConnection(socket, loop: loop) }
            guard await loop.wait(for: .read, on: listener.handle, until: .now + .seconds(20)) == .ready else {
                throw Unexpected("no connection came")
            }
        }
    }

    /// Plays `parts` while `body` talks to the server through a client of it.
    static func playing<Output: Sendable>(
        _ parts: [[Step]],
        host: String = "127.0.0.1",
        tls: TLSContext? = nil,
        limits: ClientLimits = ClientLimits(),
        _ body: @Sendable (HTTPClient, RawServer) async throws -> Output
    ) async throws -> Output {
        let loops = EventLoopGroup(count: 1)
        let server = try RawServer(loops: loops)
        let playing = Task(executorPreference: server.loop) { try await server.play(parts) }
        let endpoint = HTTPEndpoint(isSecure: tls != nil, host: host, port: server.port)
        let client = HTTPClient(endpoint: endpoint, tls: tls, loops: loops, limits: limits)
        let outcome: Result<Output, any Error>
        do { outcome = .success(try await body(client, server)) } catch { outcome = .failure(error) }
        if case .success = outcome { try await playing.value }
        playing.cancel()
        await Task.detached { loops.shutdown() }.value
        return try outcome.get()
    }
}
