internal import Sockets

/// Lets handshakes begin on one loop: one a turn, and so many at once.
///
/// A handshake takes a third of a millisecond of the loop's time, most of it when it begins. With one a turn, a request
/// on another connection waits for one of them and not for a storm of them; a turn itself costs a hundredth of that.
///
/// Who comes last begins first. Without a crowd that makes no difference; in one, those who have waited long will soon
/// have gone, and a client that has just come can still be served in time.
@safe
final class ServerHandshakeGate: @unchecked Sendable {
    // @unchecked: touched on the loop's thread only.

    /// Names a handshake that has begun.
    typealias Ticket = UInt64

    /// A task that waits for its handshake to begin.
    @safe
    private struct Newcomer {
        let continuation: UnsafeContinuation<Bool, Never>

        func go(_ mayBegin: Bool) { unsafe continuation.resume(returning: mayBegin) }
    }

    private let loop: EventLoop
    private let limit: Int
    private var tickets: Ticket = 0
    /// Handshakes that have begun.
    private var active: [Ticket: SocketHandle] = [:]
    /// No handshake with a lower ticket is active.
    private var oldest: Ticket = 0
    private var waiting: [Ticket: Newcomer] = [:]
    /// Tickets of those who wait, the last to come at the end, and of some who have gone.
    private var stack: [Ticket] = []
    private var hasBegunOne = false
    private var isTurnComing = false

    init(loop: EventLoop, limit: Int) {
        self.loop = loop
        self.limit = max(1, limit)
    }

    /// Suspends until a handshake on `socket` may begin; nil when the deadline passed before.
    ///
    /// To be called on the loop; give the ticket to `leave` when the handshake has ended.
    func enter(_ socket: SocketHandle, until deadline: MonotonicTime) async -> Ticket? {
        guard loop.isCurrent else { return nil }
        if hasBegunOne || active.count >= limit || !waiting.isEmpty {
            guard await wait(until: deadline) else { return nil }
        }
        hasBegunOne = true
        let ticket = takeTicket()
        active[ticket] = socket
        comeBack()
        return ticket
    }

    /// A handshake has ended, well or not.
    func leave(_ ticket: Ticket) { active[ticket] = nil }

    private func takeTicket() -> Ticket {
        tickets += 1
        return tickets
    }

    private func wait(until deadline: MonotonicTime) async -> Bool {
        let ticket = takeTicket()
        // Who has gone leaves a number behind; they are swept out when they are the most.
        if stack.count > 2 * waiting.count + 64 { stack.removeAll { waiting[$0] == nil } }
        let timer = loop.schedule(at: deadline) { self.waiting.removeValue(forKey: ticket)?.go(false) }
        comeBack()
        let mayBegin = await unsafe withUnsafeContinuation { continuation in
            waiting[ticket] = unsafe Newcomer(continuation: continuation)
            stack.append(ticket)
        }
        loop.unschedule(timer)
        return mayBegin
    }

    private func comeBack() {
        guard !isTurnComing else { return }
        isTurnComing = true
        loop.onNextTurn { self.turn() }
    }

    private func turn() {
        isTurnComing = false
        hasBegunOne = false
        guard !waiting.isEmpty else { return }
        comeBack()
        guard active.count < limit else { return endOldest() }
        while let ticket = stack.popLast() {
            guard let newcomer = waiting.removeValue(forKey: ticket) else { continue }
            hasBegunOne = true
            return newcomer.go(true)
        }
    }

    /// Ends the handshake that began first, for one that waits.
    ///
    /// As one begins a turn, it has had the time of `limit` handshakes to answer: far longer than an honest client in
    /// or near the cluster takes.
    private func endOldest() {
        while oldest <= tickets {
            if let socket = active[oldest] { return loop.interrupt(socket) }
            oldest += 1
        }
    }
}
