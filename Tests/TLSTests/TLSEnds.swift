import Platform
import Sockets
import TLS

/// What a test of this module waits at most; every wait in it ends far sooner.
let patience = Duration.seconds(20)

/// Something that a test needs and did not get.
struct Missing: Error {
    let what: String
}

/// One end of a TLS connection over loopback, touched by one task at a time.
final class TLSEnd: Sendable {
    private let socket: Socket
    private let session: TLSSession
    private let loop: EventLoop

    init(_ socket: consuming Socket, _ session: consuming TLSSession, loop: EventLoop) {
        self.socket = socket
        self.session = session
        self.loop = loop
    }

    var version: String { session.version }
    var applicationProtocol: String? { session.applicationProtocol }
    var peer: PeerIdentity? { session.peer }
    var isResumed: Bool { session.isResumed }

    /// Makes the handshake; the error that ended it, if one did.
    func handshake() async -> TLSError? {
        do throws(TLSError) {
            while case .wants(let interest) = try session.handshake() {
                guard await isReady(for: interest) else {
                    throw TLSError(code: .closed, operation: "handshake", reason: "no answer in time")
                }
            }
            return nil
        } catch { return error }
    }

    /// Sends a short text.
    func write(_ text: String) async throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let step = try rest.withUnsafeBytes { try session.write($0) }
            switch step {
            case .done(let count): rest = rest.dropFirst(count)
            case .wants(let interest): try await wait(for: interest)
            case .end: return
            }
        }
    }

    /// What comes next, as text; nil at the end.
    func read() async throws -> String? {
        while true {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let step = try bytes.withUnsafeMutableBytes { try session.read(into: $0) }
            switch step {
            case .done(let count): return String(decoding: bytes[..<count], as: UTF8.self)
            case .wants(let interest): try await wait(for: interest)
            case .end: return nil
            }
        }
    }

    /// Ends the session properly.
    func close() { session.close() }

    /// Ends the connection and says nothing.
    func cut() { socket.finishWriting() }

    private func wait(for interest: Interest) async throws {
        guard await isReady(for: interest) else { throw Missing(what: "answer in time") }
    }

    private func isReady(for interest: Interest) async -> Bool {
        await loop.wait(for: interest, on: socket.handle, until: .now + patience) == .ready
    }
}

/// Connects two sockets over loopback; to be called on the loop.
func connectedPair(on loop: EventLoop) async throws -> (client: SocketHandle, server: SocketHandle) {
    guard let any = SocketAddress(numericHost: "127.0.0.1", port: 0) else { throw Missing(what: "address") }
    let listener = try Socket.listening(on: any)
    let address = try listener.localAddress()
    let client = try Socket.connecting(to: address)
    guard await loop.wait(for: .write, on: client.handle, until: .now + patience) == .ready else {
        throw Missing(what: "connection")
    }
    try client.finishConnecting(to: address)
    _ = await loop.wait(for: .read, on: listener.handle, until: .now + patience)
    guard let server = try listener.accept() else { throw Missing(what: "accepted connection") }
    return (client.release(), server.release())
}

/// Runs `body` on an event loop of its own and ends the loop.
func onLoop<Output: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Output
) async throws -> Output {
    let loops = EventLoopGroup(count: 1)
    let loop = loops.loops[0]
    let outcome = await Task(executorPreference: loop) { try await body(loop) }.result
    await Task.detached { loops.shutdown() }.value
    return try outcome.get()
}

/// The two ends of a connection whose handshake was made, and how it went for each.
struct TLSConnection: Sendable {
    let client: TLSEnd
    let server: TLSEnd
    let clientError: TLSError?
    let serverError: TLSError?

    /// Connects a client that wants to speak to `host` and a server; to be called on the loop.
    static func make(
        client: TLSContext,
        server: TLSContext,
        host: String = "localhost",
        on loop: EventLoop
    ) async throws -> TLSConnection {
        let (near, far) = try await connectedPair(on: loop)
        let clientEnd = TLSEnd(
            Socket(adopting: near),
            try TLSSession.client(client, socket: near, host: host),
            loop: loop
        )
        let serverEnd = TLSEnd(Socket(adopting: far), try TLSSession.server(server, socket: far), loop: loop)
        async let clientError = clientEnd.handshake()
        async let serverError = serverEnd.handshake()
        return TLSConnection(
            client: clientEnd,
            server: serverEnd,
            clientError: await clientError,
            serverError: await serverError
        )
    }
}
