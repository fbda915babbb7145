import HTTP
import Platform
import Sockets

/// A proxy that leads every tunnel to one port of this machine, whatever it is asked for.
final class TunnelProxy: Sendable {
    let port: Int
    private let target: Int
    private let listener: Socket
    private let loops: EventLoopGroup
    private let loop: EventLoop
    private let seen = Locked<[String]>([])

    init(to target: Int, loops: EventLoopGroup) throws {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: 0) else { throw Unexpected("no address") }
        listener = try Socket.listening(on: address)
        port = Int(try listener.localAddress().port)
        self.target = target
        self.loops = loops
        loop = loops.loops[0]
    }

    /// The heads of the requests that came.
    var heads: [String] { seen.withLock { $0 } }

    /// Serves until the task is cancelled; to be run on the first loop.
    @concurrent
    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while await loop.wait(for: .read, on: listener.handle, until: .never) == .ready {
                guard let socket = try listener.accept() else { continue }
                let near = RawConnection(socket, loop: loop)
                group.addTask { try await self.serve(near) }
            }
            group.cancelAll()
        }
    }

    private func serve(_ near: RawConnection) async throws {
        let head = try await near.read(through: "\r\n\r\n")
        seen.withLock { $0.append(head) }
        let far = try await RawConnection.open(target, loops)
        try await near.send("HTTP/1.1 200 Connection established\r\n\r\n")
        async let back: Void = Self.pump(far, near)
        await Self.pump(near, far)
        await back
    }

    /// Carries bytes until one side ends.
    private static func pump(_ from: RawConnection, _ to: RawConnection) async {
        do {
            while let bytes = try await from.readSome() { try await to.send(bytes) }
        } catch {
            // A side that was cut, or the end of the test.
        }
        to.finishWriting()
    }
}
