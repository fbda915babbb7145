internal import Platform
package import Sockets

/// Makes TCP connections to hosts with several addresses: the next one is tried when one has failed or has not answered
/// for a while, and the first to connect is taken (RFC 8305).
package enum ClientDialer {
    /// How long an address has before the next one is tried beside it: RFC 8305 section 8.
    private static let headStart = Duration.milliseconds(250)
    /// Addresses tried at most; a name with more of them serves by any.
    private static let addressLimit = 16

    /// What happens in a race.
    private enum Event: Sendable {
        case connected(SocketHandle)
        case failed(SocketAddress, SocketError)
        /// The head start of the address with this number has passed.
        case waited(Int)
    }

    /// Looks `host` up and connects; the socket is the caller's to adopt, and `peer` is what errors name.
    ///
    /// To be called on the loop.
    @concurrent
    static func dial(
        _ target: (host: String, port: UInt16),
        peer: String,
        on loop: EventLoop,
        until deadline: ClientDeadline
    ) async -> Result<SocketHandle, HTTPError> {
        let addresses: [SocketAddress]
        do throws(SocketError) {
            addresses = try await Resolver.addresses(
                of: target.host,
                port: target.port,
                on: loop,
                until: deadline.time
            )
        } catch {
            if error.code == .timeout {
                return .failure(
                    deadline.failure("connect to \(peer)", "no answer to the lookup of \(target.host)")
                )
            }
            return .failure(
                HTTPError(code: code(error), operation: "connect to \(peer)", reason: error.description)
            )
        }
        return await connect(to: addresses, peer: peer, on: loop, until: deadline)
    }

    /// Connects to the first of `addresses` that answers, in their order but with the families by turns.
    ///
    /// To be called on the loop.
    @concurrent
    package static func connect(
        to addresses: [SocketAddress],
        peer: String,
        on loop: EventLoop,
        until deadline: ClientDeadline
    ) async -> Result<SocketHandle, HTTPError> {
        let addresses = alternating(addresses).prefix(addressLimit)
        var failures: [(SocketAddress, SocketError)] = []
        var winner: SocketHandle?
        if addresses.count == 1, let only = addresses.first {
            // The usual case, without tasks beside this one.
            switch await attempt(only, on: loop, until: deadline.time) {
            case .connected(let socket): winner = socket
            case .failed(let address, let error): failures.append((address, error))
            case .waited: break
            }
        } else {
            (winner, failures) = await race(Array(addresses), on: loop, until: deadline.time)
        }
        if let winner { return .success(winner) }
        return .failure(failure(of: failures, peer, deadline))
    }

    @concurrent
    private static func race(
        _ addresses: [SocketAddress],
        on loop: EventLoop,
        until deadline: MonotonicTime
    ) async -> (SocketHandle?, [(SocketAddress, SocketError)]) {
        await withTaskGroup(of: Event.self) { group in
            var winner: SocketHandle?
            var failures: [(SocketAddress, SocketError)] = []
            var started = 0
            func startNext() {
                guard winner == nil, started < addresses.count else { return }
                let address = addresses[started]
                started += 1
                group.addTask { await attempt(address, on: loop, until: deadline) }
                let number = started
                guard number < addresses.count else { return }
                group.addTask {
                    _ = await loop.sleep(until: .now + headStart)
                    return .waited(number)
                }
            }
            startNext()
            for await event in group {
                switch event {
                case .connected(let socket):
                    // One that connects too late is closed.
                    if winner == nil { winner = socket } else { _ = Socket(adopting: socket) }
                case .failed(let address, let error):
                    failures.append((address, error))
                    startNext()
                case .waited(let number):
                    if number == started { startNext() }
                }
                if winner != nil || failures.count == addresses.count { group.cancelAll() }
            }
            return (winner, failures)
        }
    }

    @concurrent
    private static func attempt(
        _ address: SocketAddress,
        on loop: EventLoop,
        until deadline: MonotonicTime
    ) async -> Event {
        do throws(SocketError) {
            let socket = try Socket.connecting(to: address)
            switch await loop.wait(for: .write, on: socket.handle, until: deadline) {
            case .ready: break
            case .timedOut: return .failed(address, failure(.timeout, address, "no answer"))
            case .cancelled, .interrupted: return .failed(address, failure(.cancelled, address, "cancelled"))
            }
            try socket.finishConnecting(to: address)
            return .connected(socket.release())
        } catch {
            return .failed(address, error)
        }
    }

    /// The addresses with IPv6 and IPv4 by turns, beginning with the family that came first: RFC 8305 section 4.
    package static func alternating(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first else { return [] }
        let same = addresses.filter { $0.isIPv6 == first.isIPv6 }
        let other = addresses.filter { $0.isIPv6 != first.isIPv6 }
        var result: [SocketAddress] = []
        for index in 0..<max(same.count, other.count) {
            if index < same.count { result.append(same[index]) }
            if index < other.count { result.append(other[index]) }
        }
        return result
    }

    private static func failure(
        _ code: SocketError.Code,
        _ address: SocketAddress,
        _ reason: String
    ) -> SocketError {
        SocketError(code: code, operation: "connect to", subject: "\(address)", reason: reason)
    }

    /// One error for all: a single address needs no name beside the peer's, and of many the first few are told.
    private static func failure(
        of failures: [(SocketAddress, SocketError)],
        _ peer: String,
        _ deadline: ClientDeadline
    ) -> HTTPError {
        var reasons = failures.prefix(4).map { "\($0.0): \($0.1.reason)" }
        if failures.count == 1 { reasons = failures.map(\.1.reason) }
        if failures.count > reasons.count { reasons.append("and \(failures.count - reasons.count) more") }
        let text = reasons.joined(separator: "; ")
        let codes = failures.map { Self.code($0.1) }
        if codes.contains(.timeout) { return deadline.failure("connect to \(peer)", text) }
        let code: HTTPError.Code = codes.contains(.closed) ? .closed : .unreachable
        return HTTPError(code: code, operation: "connect to \(peer)", reason: text.isEmpty ? "no address" : text)
    }

    private static func code(_ error: SocketError) -> HTTPError.Code {
        switch error.code {
        case .timeout: .timeout
        case .cancelled: .closed
        default: .unreachable
        }
    }
}
