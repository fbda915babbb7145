import Sockets

/// What a test of this module waits at most; every wait in it ends far sooner.
let patience = Duration.seconds(20)

/// Something that a test needs and did not get.
struct Missing: Error, Equatable {
    let what: String
}

/// Runs `body` on an event loop of its own and ends the loop.
func onLoop<Output: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Output
) async throws -> Output {
    let loops = EventLoopGroup(count: 1)
    let loop = loops.loops[0]
    let task = Task(executorPreference: loop) { try await body(loop) }
    let outcome = await task.result
    await end(loops)
    return try outcome.get()
}

/// Ends the loops without blocking the caller's thread for longer than they take.
func end(_ loops: EventLoopGroup) async { await Task.detached { loops.shutdown() }.value }

/// An address on the loopback interface.
func loopback(_ port: UInt16 = 0) throws -> SocketAddress {
    guard let address = SocketAddress(numericHost: "127.0.0.1", port: port) else { throw Missing(what: "address") }
    return address
}

/// Two ends of one connection.
final class SocketPair: Sendable {
    let near: Socket
    let far: Socket

    private init(near: consuming Socket, far: consuming Socket) {
        self.near = near
        self.far = far
    }

    /// Connects two sockets; to be called on the loop.
    static func connected(on loop: EventLoop) async throws -> SocketPair {
        let listener = try Socket.listening(on: loopback())
        let address = try listener.localAddress()
        let near = try Socket.connecting(to: address)
        let outcome = await loop.wait(for: .write, on: near.handle, until: .now + patience)
        guard outcome == .ready else { throw Missing(what: "connection") }
        try near.finishConnecting(to: address)
        _ = await loop.wait(for: .read, on: listener.handle, until: .now + patience)
        guard let far = try listener.accept() else { throw Missing(what: "accepted connection") }
        return SocketPair(near: near, far: far)
    }

    /// Whether the far end has bytes, or its end, to read.
    var farHasSomethingToRead: Bool { far.hasSomethingToRead }

    /// What the far end has to read, as text.
    func readText() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let transfer = try bytes.withUnsafeMutableBytes { try far.read(into: $0) }
        guard case .bytes(let count) = transfer else { throw Missing(what: "bytes, not \(transfer)") }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

extension Socket {
    /// Writes a short text in one go.
    func write(_ text: String) throws {
        let count = try Array(text.utf8).withUnsafeBytes { try write($0) }
        guard count == .bytes(text.utf8.count) else { throw Missing(what: "room for \(text)") }
    }
}
