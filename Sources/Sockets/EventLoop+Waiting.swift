internal import CEpoll
internal import Glibc

extension EventLoop {
    /// Waits among which a search for one to end chooses.
    private static let sample = 64
    /// Descriptors at which it looks for them: most may be those of other loops.
    private static let reach = 4_096

    /// Suspends the task until `interest` is satisfied on the socket, the deadline passes, the task is cancelled, or
    /// somebody interrupts all waits with this `tag` (0 for none).
    ///
    /// To be called on the loop only, by one task at a time for each interest. It leaves the socket armed, so that the
    /// next wait for the same interest costs no system call.
    package func wait(
        for interest: Interest,
        on socket: SocketHandle,
        until deadline: MonotonicTime,
        tag: UInt64 = 0
    ) async -> WaitOutcome {
        // After the loop's end tasks run elsewhere, and there is nothing to wait with.
        guard isCurrent else { return .cancelled }
        // A socket that is ready every time would never let a deadline pass.
        guard deadline == .never || deadline > .now else { return .timedOut }
        let number = nextNumber()
        return await withTaskCancellationHandler {
            await unsafe withUnsafeContinuation { continuation in
                unsafe park(continuation, number, for: interest, on: socket, until: deadline, tag: tag)
            }
        } onCancel: {
            submit { self.cancelWait(number, for: interest, on: socket) }
        }
    }

    /// The same, for a task whose cancellation comes with an interruption of all waits with this `tag`: to look out for
    /// the cancellation itself would be the dearest part of a short wait.
    package func waitUncancelled(
        for interest: Interest,
        on socket: SocketHandle,
        until deadline: MonotonicTime,
        tag: UInt64
    ) async -> WaitOutcome {
        guard isCurrent else { return .cancelled }
        guard deadline == .never || deadline > .now else { return .timedOut }
        let number = nextNumber()
        return await unsafe withUnsafeContinuation { continuation in
            unsafe park(continuation, number, for: interest, on: socket, until: deadline, tag: tag)
        }
    }

    /// Ends all waits with `tag` as interrupted; from any thread.
    package func interrupt(tag: UInt64) {
        submit {
            self.endWaits(as: .interrupted) { $0.tag == tag }
        }
    }

    /// Ends the waits on one socket as interrupted.
    ///
    /// To be called on the loop only.
    package func interrupt(_ socket: SocketHandle) {
        let index = Int(socket.descriptor)
        guard isCurrent, index < slots.count, slots[index].serial == socket.serial else { return }
        for interest in Interest.allCases { resume(slots[index].take(interest), with: .interrupted) }
    }

    /// Ends as interrupted the wait that has lasted longest of those whose tag is in `tags`; says whether there was one.
    ///
    /// A tag counts more than those after it. To be called on the loop only.
    ///
    /// It chooses among 64 at most and looks at 4,096 descriptors for them, going on where the last search ended: with a
    /// crowd to choose from, the best of a sample is good enough, and the search costs the same in any crowd.
    package func interruptOldest(tags: [UInt64]) -> Bool {
        guard isCurrent else { return false }
        var best: (rank: Int, number: UInt64, index: Int, interest: Interest)?
        var candidates = 0
        for _ in 0..<min(Self.reach, slots.count) {
            guard candidates < Self.sample else { break }
            hand = (hand + 1) % slots.count
            for interest in Interest.allCases {
                guard let waiter = slots[hand][interest], let rank = tags.firstIndex(of: waiter.tag) else { continue }
                candidates += 1
                if let best, (best.rank, best.number) < (rank, waiter.number) { continue }
                best = (rank, waiter.number, hand, interest)
            }
        }
        guard let best else { return false }
        resume(slots[best.index].take(best.interest), with: .interrupted)
        return true
    }

    func cancelAllWaits() {
        endWaits(as: .cancelled) { _ in true }
        let pending = calls.values
        calls = [:]
        for call in pending { call() }
    }

    private func endWaits(as outcome: WaitOutcome, where matches: (Waiter) -> Bool) {
        guard waiting > 0 else { return }
        for index in slots.indices {
            for interest in Interest.allCases {
                guard let waiter = slots[index][interest], matches(waiter) else { continue }
                resume(slots[index].take(interest), with: outcome)
            }
        }
    }

    private func park(
        _ continuation: UnsafeContinuation<WaitOutcome, Never>,
        _ number: UInt64,
        for interest: Interest,
        on socket: SocketHandle,
        until deadline: MonotonicTime,
        tag: UInt64
    ) {
        let waiter = unsafe Waiter(continuation: continuation, deadline: deadline, number: number, tag: tag)
        let index = Int(socket.descriptor)
        while slots.count <= index { slots.append(DescriptorSlot()) }
        if slots[index].serial != socket.serial { slots[index] = DescriptorSlot(serial: socket.serial) }
        precondition(slots[index][interest] == nil, "one task at a time waits for an interest of a socket")
        slots[index][interest] = waiter
        waiting += 1
        if waiter.deadline < slots[index].reminder {
            slots[index].reminder = waiter.deadline
            timers.insert(TimerHeap.Entry(due: waiter.deadline, kind: .deadlines(socket)))
        }
        // Reading stays armed from one wait to the next; an event that nobody wants takes it out again.
        let kept = (slots[index].armed ?? 0) & DescriptorSlot.readEvents
        arm(index, slots[index].wanted | kept)
    }

    /// Makes the system's event set for the descriptor `wanted`, if it is another.
    private func arm(_ index: Int, _ wanted: UInt32) {
        guard slots[index].armed != wanted else { return }
        let data = UInt64(UInt32(index)) | (slots[index].serial << 32)
        var event = unsafe epoll_event(events: wanted, data: epoll_data_t(u64: data))
        let operation = slots[index].armed == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        let code = unsafe epoll_ctl(epoll, operation, Int32(index), &event)
        if code == 0 {
            slots[index].armed = wanted
            return
        }
        // The descriptor cannot be watched (out of memory or of watches): let its owners find out by trying.
        for interest in Interest.allCases {
            resume(slots[index].take(interest), with: .cancelled)
        }
    }

    func deliver(_ events: UInt32, to index: Int, serial: UInt32) {
        guard index < slots.count, UInt32(truncatingIfNeeded: slots[index].serial) == serial else { return }
        let taken = slots[index].takeSatisfied(by: events)
        var isWanted = false
        for position in taken.indices {
            guard let waiter = taken[position] else { continue }
            isWanted = true
            resume(waiter, with: .ready)
        }
        if !isWanted { disarm(index) }
    }

    /// Nobody waits for what happened: stop being told.
    ///
    /// An error or a close cannot be masked, so without any waiter the descriptor leaves the set until the next wait.
    private func disarm(_ index: Int) {
        let wanted = slots[index].wanted
        if wanted != 0 { return arm(index, wanted) }
        var event = unsafe epoll_event()
        unsafe epoll_ctl(epoll, EPOLL_CTL_DEL, Int32(index), &event)
        slots[index].armed = nil
    }

    private func cancelWait(_ number: UInt64, for interest: Interest, on socket: SocketHandle) {
        let index = Int(socket.descriptor)
        guard index < slots.count, let waiter = slots[index][interest], waiter.number == number else { return }
        resume(slots[index].take(interest), with: .cancelled)
    }

    private func resume(_ waiter: Waiter?, with outcome: WaitOutcome) {
        guard let waiter else { return }
        waiting -= 1
        unsafe waiter.continuation.resume(returning: outcome)
    }

    /// A reminder came: end the waits whose deadline has passed, and be reminded of the next.
    func checkDeadlines(of socket: SocketHandle, reminder: MonotonicTime, at now: MonotonicTime) {
        let index = Int(socket.descriptor)
        guard index < slots.count, slots[index].serial == socket.serial, slots[index].reminder == reminder else {
            return
        }
        for interest in Interest.allCases {
            guard let waiter = slots[index][interest], waiter.deadline <= now else { continue }
            resume(slots[index].take(interest), with: .timedOut)
        }
        let next = slots[index].deadline
        slots[index].reminder = next
        if next < .never { timers.insert(TimerHeap.Entry(due: next, kind: .deadlines(socket))) }
    }
}
