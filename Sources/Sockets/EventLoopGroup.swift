internal import Glibc
internal import Platform
internal import Synchronization

/// The event loops of a process: epoll threads that are task executors.
package final class EventLoopGroup: Sendable {
    /// The loops; at least one.
    package let loops: [EventLoop]
    private let turn = Atomic<Int>(0)
    private let isShutDown = Locked(false)

    /// Starts `count` threads; one a core by default.
    package init(count: Int? = nil) {
        Syscall.ignorePipeSignal
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        loops = (0..<max(1, count ?? cores)).map { _ in EventLoop() }
        for loop in loops { loop.start() }
    }

    deinit {
        guard !isShutDown.withLock({ $0 }) else { return }
        for loop in loops {
            loop.stop()
            loop.detach()
        }
    }

    /// The loop whose thread the caller is on; else each in turn.
    package var next: EventLoop {
        if let current = loops.first(where: \.isCurrent) { return current }
        let index = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: index) % UInt(loops.count))]
    }

    /// Stops the threads once no task runs on them.
    ///
    /// Blocks until they have ended.
    ///
    /// Whoever waits for a socket or a timer there is woken as cancelled. A task that is suspended elsewhere and comes
    /// back later runs on the global executor, where every wait ends at once. Further calls do nothing.
    package func shutdown() {
        let isFirst = isShutDown.withLock { state in
            defer { state = true }
            return !state
        }
        guard isFirst else { return }
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
    }
}
