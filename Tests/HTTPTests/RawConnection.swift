import HTTP
import Platform
import Sockets

/// A connection that sends and reads bytes as they are, as no proper client or server would.
///
/// Closes when it goes.
final class RawConnection: Sendable {
    private static let patience = Duration.seconds(20)

    private let socket: Socket
    private let loop: EventLoop
    private let pending = Locked<[UInt8]>([])

    init(_ socket: consuming Socket, loop: EventLoop) {
        self.socket = socket
        self.loop = loop
    }

    /// Connects to a server of this machine.
    static func open(_ port: Int, _ loops: EventLoopGroup) async throws -> RawConnection {
        let loop = loops.next
        return try await withTaskExecutorPreference(loop) { try await connect(port, loop) }
    }

    @concurrent
    private static func connect(_ port: Int, _ loop: EventLoop) async throws -> RawConnection {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: UInt16(port)) else {
            throw Unexpected("no address")
        }
        let socket = try Socket.connecting(to: address)
        guard await loop.wait(for: .write, on: socket.handle, until: .now + patience) == .ready else {
            throw Unexpected("no connection in time")
        }
        try socket.finishConnecting(to: address)
        return RawConnection(socket, loop: loop)
    }

    /// Sends all of `text`.
    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends all of `bytes`.
    func send(_ bytes: [UInt8]) async throws {
        try await withTaskExecutorPreference(loop) { try await self.write(bytes) }
    }

    /// Sends a short text at once, from any thread.
    func sendNow(_ text: String) throws {
        let bytes = Array(text.utf8)
        let transfer = try bytes.withUnsafeBytes { try socket.write($0) }
        guard transfer == .bytes(bytes.count) else { throw Unexpected("\(transfer) in place of room") }
    }

    /// Sends no more.
    func finishWriting() { socket.finishWriting() }

    /// What has come, else what comes next; nil at the end.
    func readSome() async throws -> [UInt8]? {
        while true {
            let bytes = pending.withLock { bytes in
                defer { bytes = [] }
                return bytes
            }
            if !bytes.isEmpty { return bytes }
            guard try await fill() else { return nil }
        }
    }

    /// All that comes until the other side has finished; throws when it resets the connection.
    func readToEnd() async throws -> String {
        while try await fill() {}
        return text(pending.withLock { $0 })
    }

    /// What comes up to and with `end`, or the end of the connection; what follows stays for the next call.
    func read(through end: String) async throws -> String {
        while true {
            let found = pending.withLock { bytes -> String? in
                let text = text(bytes)
                guard let range = text.firstRange(of: end) else { return nil }
                bytes = Array(text[range.upperBound...].utf8)
                return String(text[..<range.upperBound])
            }
            if let found { return found }
            guard try await fill() else { throw Unexpected("the end before \(end.debugDescription)") }
        }
    }

    private func fill() async throws -> Bool {
        try await withTaskExecutorPreference(loop) { try await self.readOnce() }
    }

    @concurrent
    private func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch try rest.withUnsafeBytes({ try socket.write($0) }) {
            case .bytes(let count): rest = rest.dropFirst(count)
            case .wouldBlock, .end: try await wait(for: .write)
            }
        }
    }

    /// Reads something; false at the end.
    @concurrent
    private func readOnce() async throws -> Bool {
        while true {
            var bytes: [UInt8] = []
            let transfer = try loop.withScratch { (buffer) throws(SocketError) in
                let transfer = try socket.read(into: buffer)
                if case .bytes(let count) = transfer { bytes = Array(buffer[..<count]) }
                return transfer
            }
            switch transfer {
            case .bytes:
                pending.withLock { $0 += bytes }
                return true
            case .end: return false
            case .wouldBlock: try await wait(for: .read)
            }
        }
    }

    private func wait(for interest: Interest) async throws {
        let outcome = await loop.wait(for: interest, on: socket.handle, until: .now + Self.patience)
        guard outcome == .ready else { throw Unexpected("\(outcome) in place of \(interest)") }
    }
}

/// Something that a test did not expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The text of a response without its Date, which is another every second.
func undated(_ response: String) -> String {
    var rest = response[...]
    var result = ""
    while let start = rest.firstRange(of: "Date: ") {
        result += rest[..<start.lowerBound]
        rest = rest[start.upperBound...]
        guard let end = rest.firstRange(of: "\r\n") else { return result }
        rest = rest[end.upperBound...]
    }
    return result + rest
}

/// Returns when the task is cancelled.
func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    continuation.finish()
}
