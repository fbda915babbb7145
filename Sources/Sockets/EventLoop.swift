internal import CEpoll
internal import Glibc
internal import Platform
internal import Synchronization

/// A thread with an epoll set that runs tasks: sockets, timers and Swift jobs take turns on it.
///
/// Give a task its `executorPreference` and everything in it that is not isolated to an actor of another executor runs
/// on this thread, so that waiting for a socket and being woken again never changes threads. What runs here must not block.
@safe
package final class EventLoop: TaskExecutor, SerialExecutor, @unchecked Sendable {
    // @unchecked: `thread` is written before any other thread can have a reference; `remote` has its own lock; the
    // atomics are atomics; all else is touched by the loop's thread alone, which `isCurrent` tells and the methods check.

    /// Work from other threads, and whether it comes too late.
    struct Remote {
        var work: [Work] = []
        var hasEnded = false
    }

    /// One thing to run.
    enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    /// Rounds of queued work before sockets are looked at again, so that a task that only yields starves nobody.
    private static let roundsPerTurn = 16
    /// Events taken from the system at once.
    private static let eventsPerTurn = 256
    /// Timers fired before sockets are looked at again: ten thousand clients that came together run out of time together,
    /// and who has a request on the way is not to wait for all of them.
    static let timersPerTurn = 32
    /// The size of the read scratch: more than the largest TLS record (16 KiB), and the usual receive buffer's worth.
    private static let scratchSize = 64 << 10

    let epoll: Int32
    private let wakeUp: Int32
    private let remote = Locked(Remote())
    /// Whether there is work in `remote`: most turns need not lock it.
    private let hasRemote = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
    private var thread = pthread_t()
    private var local: [Work] = []
    private let scratch: UnsafeMutableRawBufferPointer
    private let events: UnsafeMutableBufferPointer<epoll_event>

    var slots: [DescriptorSlot] = []
    var timers = TimerHeap()
    var calls: [UInt64: @Sendable () -> Void] = [:]
    var numbers: UInt64 = 0
    var waiting = 0
    /// What is to run once sockets have been looked at.
    var turnCalls: [() -> Void] = []
    /// Where the search for a wait to end goes on.
    var hand = 0

    init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeUp >= 0, "an event loop needs two descriptors")
        unsafe scratch = .allocate(byteCount: Self.scratchSize, alignment: 16)
        unsafe events = .allocate(capacity: Self.eventsPerTurn)
        unsafe events.initialize(repeating: epoll_event())
        var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(UInt32.max)))
        unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event)
    }

    deinit {
        close(epoll)
        close(wakeUp)
        unsafe scratch.deallocate()
        unsafe events.deallocate()
    }

    /// Starts the thread, which keeps the loop alive until it ends.
    func start() {
        let code = remote.withLock { _ in
            unsafe pthread_create(
                &thread,
                nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                },
                unsafe Unmanaged.passRetained(self).toOpaque()
            )
        }
        precondition(code == 0, "an event loop needs a thread")
    }

    /// Whether the caller runs on this loop's thread.
    package var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

    /// Queues `job`.
    ///
    /// After the loop has ended, the global executor runs it.
    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        if submit(.job(unowned)) { return }
        globalConcurrentExecutor.enqueue(unowned)
    }

    /// Runs `call` on the loop's thread, never before this function has returned; does nothing once the loop has ended.
    package func submit(_ call: @escaping @Sendable () -> Void) { _ = submit(.call(call)) }

    /// Fails where the caller is not on the loop.
    package func checkIsolated() { precondition(isCurrent, "not on the event loop") }

    /// Calls `body` with the loop's read buffer; on any other thread, with a buffer of its own.
    package func withScratch<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isCurrent { return try unsafe body(scratch) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.scratchSize, alignment: 16)
        defer { unsafe buffer.deallocate() }
        return try unsafe body(buffer)
    }

    /// Asks the thread to end as soon as nothing waits and nothing is queued; all waits end as cancelled.
    func stop() {
        if !isStopping.exchange(true, ordering: .acquiringAndReleasing) { wake() }
    }

    /// Blocks until the thread has ended.
    func join() {
        precondition(!isCurrent, "an event loop cannot wait for its own end")
        pthread_join(thread, nil)
    }

    /// Lets the thread end without anybody waiting for it.
    func detach() { pthread_detach(thread) }

    private func submit(_ work: Work) -> Bool {
        if isCurrent {
            local.append(work)
            return true
        }
        let (isAccepted, mustWake) = remote.withLock { state in
            guard !state.hasEnded else { return (false, false) }
            state.work.append(work)
            hasRemote.store(true, ordering: .releasing)
            return (true, state.work.count == 1)
        }
        if mustWake { wake() }
        return isAccepted
    }

    private func wake() {
        var one: UInt64 = 1
        // It can only fail when the counter is full, and then the loop is awake.
        unsafe write(wakeUp, &one, 8)
    }

    private func run() {
        // `start` holds the lock until it has written `thread`.
        remote.withLock { _ in }
        while true {
            runQueued()
            // Before waiting: what ending the waits has queued must still run.
            if mayEnd() { break }
            poll()
            fireTimers(at: .now)
            runTurnCalls()
        }
        // Jobs that were queued between the last look and the end go where later ones go.
        runQueued()
    }

    private func runQueued() {
        for _ in 0..<Self.roundsPerTurn {
            takeRemote()
            guard !local.isEmpty else { return }
            var batch: [Work] = []
            swap(&batch, &local)
            for work in batch {
                switch work {
                case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
                case .call(let call): call()
                }
            }
            // Hand the storage back, so that a steady loop allocates nothing.
            batch.removeAll(keepingCapacity: true)
            if local.isEmpty { swap(&batch, &local) }
        }
    }

    private func takeRemote() {
        // Whoever stores true after this look wakes the loop for another.
        guard hasRemote.load(ordering: .acquiring) else { return }
        let work = remote.withLock { state in
            hasRemote.store(false, ordering: .relaxed)
            let work = state.work
            state.work = []
            return work
        }
        local += work
    }

    private func poll() {
        let count = unsafe epoll_wait(epoll, events.baseAddress, Int32(Self.eventsPerTurn), timeout())
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = unsafe events[index]
            let data = unsafe event.data.u64
            if data == UInt64(UInt32.max) {
                var value: UInt64 = 0
                unsafe read(wakeUp, &value, 8)
            } else {
                unsafe deliver(event.events, to: Int(data & 0xffff_ffff), serial: UInt32(data >> 32))
            }
        }
    }

    /// Milliseconds until the next timer, rounded up; none while work is queued, for ever without a timer.
    private func timeout() -> Int32 {
        if !local.isEmpty || !turnCalls.isEmpty { return 0 }
        guard let next = timers.next else { return -1 }
        let now = MonotonicTime.now
        guard next > now else { return 0 }
        return Int32(clamping: (next.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)
    }

    private func mayEnd() -> Bool {
        guard isStopping.load(ordering: .acquiring) else { return false }
        cancelAllWaits()
        guard local.isEmpty, waiting == 0, calls.isEmpty, turnCalls.isEmpty else { return false }
        return remote.withLock { state in
            state.hasEnded = state.work.isEmpty
            return state.hasEnded
        }
    }
}
