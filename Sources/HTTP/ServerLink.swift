internal import HTTPTypes
internal import Sockets

/// A connection's transport, and what answers on it when the handler does not in time.
///
/// The connection's task waits for the handler then, so the loop's timer answers, and cancels the task. The timer is set
/// once and looks again when it comes, as requests follow each other far faster than their deadlines: a request costs
/// two assignments.
@safe
final class ServerLink: @unchecked Sendable {
    // @unchecked: touched on the loop's thread only, by the connection's task and, while that waits for the handler, by
    // the timer.

    let transport: Transport
    private let shared: HTTPServer.Shared
    /// The connection's task, which outlives all use of this: the timer answers only while it waits for the handler.
    private let task: UnsafeCurrentTask?
    private var deadline = MonotonicTime.never
    private var path: String?
    private var isHead = false
    /// When the timer will come; never when there is none.
    private var reminder = MonotonicTime.never
    private var timer: UInt64 = 0
    private var hasAnswered = false

    init(_ transport: consuming Transport, shared: HTTPServer.Shared, task: UnsafeCurrentTask?) {
        self.transport = transport
        self.shared = shared
        unsafe self.task = unsafe task
    }

    /// The handler has the request, and has until `deadline` to answer it.
    func expect(by deadline: MonotonicTime, _ request: RequestHead) {
        self.deadline = deadline
        path = request.path
        isHead = request.method == .head
        if deadline < reminder { remind(at: deadline) }
    }

    /// The handler has answered; false when that was too late, and the client has been told so.
    func settle() -> Bool {
        deadline = .never
        return !hasAnswered
    }

    /// Forgets the timer.
    func end() {
        deadline = .never
        if reminder < .never { transport.loop.unschedule(timer) }
    }

    /// What the client is told when the handler is too late, and the log with the same id.
    func lateAnswer() -> ServerResponse {
        let id = String(UInt64.random(in: .min ... .max), radix: 16)
        shared.counters.refuse(.handlerTimeout)
        shared.configuration.onLateAnswer(path ?? "", id)
        return shared.refusal(MessageFault(status: 504, reason: "no answer in time, look for \(id) in the log"))
    }

    private func remind(at time: MonotonicTime) {
        if reminder < .never { transport.loop.unschedule(timer) }
        reminder = time
        timer = transport.loop.schedule(at: time) { [weak self] in self?.look() }
    }

    private func look() {
        let now = MonotonicTime.now
        // A loop that ends makes its calls before their time.
        let isDue = now >= reminder
        reminder = .never
        guard isDue, deadline < .never else { return }
        if deadline <= now { answer() } else { remind(at: deadline) }
    }

    private func answer() {
        deadline = .never
        hasAnswered = true
        let (head, body) = shared.bytes(of: lateAnswer())
        do throws(HTTPError) {
            // Once, and what the socket does not take is lost: the client has left earlier answers unread.
            if try transport.writeOnce(isHead ? head : head + body) { transport.finish() }
        } catch {
            // The client is gone, and nobody is left to be told.
        }
        unsafe task?.cancel()
    }
}
