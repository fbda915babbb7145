internal import Glibc
internal import Platform

/// Turns names into addresses.
package enum Resolver {
    /// Threads that look names up at once; more lookups are refused.
    ///
    /// A stuck name server holds each for 30 s at most with the C library's defaults (5 s, two tries, three servers).
    private static let threadLimit = 32
    private static let running = Locked(0)

    /// The addresses of `host`, an IPv6 one without brackets, best first.
    ///
    /// Numbers need no lookup; a name is looked up on a thread of its own, so that this never blocks the loop.
    ///
    /// - Throws: `SocketError` when there is none, the deadline passes, or the task is cancelled.
    package static func addresses(
        of host: String,
        port: UInt16,
        on loop: EventLoop,
        until deadline: MonotonicTime
    ) async throws(SocketError) -> [SocketAddress] {
        if let address = SocketAddress(numericHost: host, port: port) { return [address] }
        guard loop.isCurrent else { throw failure(.cancelled, host, "the event loop has ended") }
        try reserveThread(host)
        let answer = Answer()
        let timer = loop.schedule(at: deadline) {
            answer.give(.failure(failure(.timeout, host, "no answer in time")))
        }
        let result = await withTaskCancellationHandler {
            await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Outcome, Never>) in
                unsafe answer.await(continuation)
                let hasBegun = DetachedThread.start {
                    let outcome = Outcome { () throws(SocketError) in try blockingAddresses(of: host, port: port) }
                    running.withLock { $0 -= 1 }
                    answer.give(outcome)
                }
                guard !hasBegun else { return }
                running.withLock { $0 -= 1 }
                answer.give(.failure(failure(.exhausted, host, "the system has no more threads")))
            }
        } onCancel: {
            answer.give(.failure(failure(.cancelled, host, "cancelled")))
        }
        loop.unschedule(timer)
        return try result.get()
    }

    /// The addresses of `host`, looked up on the calling thread, which blocks.
    ///
    /// Empty means all of this machine's.
    ///
    /// - Throws: `SocketError` when there is none.
    package static func blockingAddresses(of host: String, port: UInt16) throws(SocketError) -> [SocketAddress] {
        if host.isEmpty {
            return [
                SocketAddress(bytes: [UInt8](repeating: 0, count: 16), port: port),
                SocketAddress(bytes: [0, 0, 0, 0], port: port),
            ]
        }
        if let address = SocketAddress(numericHost: host, port: port) { return [address] }
        guard !host.utf8.contains(0) else { throw failure(.badAddress, host, "a zero byte, expected a name") }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = Int32(AI_ADDRCONFIG)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            throw failure(.badAddress, host, unsafe String(cString: gai_strerror(code)).lowercased())
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = unsafe list
        while let current = unsafe entry {
            if let address = unsafe current.pointee.ai_addr, let found = unsafe SocketAddress.from(address),
                !addresses.contains(found)
            {
                addresses.append(found)
            }
            unsafe entry = current.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw failure(.badAddress, host, "no IPv4 or IPv6 address") }
        return addresses
    }

    private typealias Outcome = Result<[SocketAddress], SocketError>

    /// Hands the first of several outcomes to one waiting task.
    private final class Answer: Sendable {
        @safe
        private struct State {
            var outcome: Outcome?
            var waiter: UnsafeContinuation<Outcome, Never>?
        }

        private let state = Locked(State())

        func await(_ continuation: UnsafeContinuation<Outcome, Never>) {
            let outcome = state.withLock { state in
                if state.outcome == nil { unsafe state.waiter = continuation }
                return state.outcome
            }
            if let outcome { unsafe continuation.resume(returning: outcome) }
        }

        func give(_ outcome: Outcome) {
            let waiter: UnsafeContinuation<Outcome, Never>? = unsafe state.withLock { state in
                guard state.outcome == nil else { return nil }
                state.outcome = outcome
                defer { unsafe state.waiter = nil }
                return unsafe state.waiter
            }
            unsafe waiter?.resume(returning: outcome)
        }
    }

    private static func failure(_ code: SocketError.Code, _ host: String, _ reason: String) -> SocketError {
        SocketError(code: code, operation: "resolve", subject: host, reason: reason)
    }

    private static func reserveThread(_ host: String) throws(SocketError) {
        let isFree = running.withLock { count in
            guard count < threadLimit else { return false }
            count += 1
            return true
        }
        if !isFree { throw failure(.exhausted, host, "\(threadLimit) lookups are under way, expected fewer") }
    }
}
