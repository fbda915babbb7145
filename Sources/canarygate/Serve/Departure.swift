package import Platform

/// The time between the signal to stop and the end of accepting connections.
///
/// An endpoint that fails its probe, or whose pod is being deleted, is taken out of the Service a moment later, and
/// connections are made to it until then.
package final class Departure: Sendable {
    private struct State {
        var beginning: Timestamp?
    }

    private let delay: Duration
    private let clock: any WallClock
    private let state = Locked(State())
    private let (hurries, hurry) = AsyncStream<Never>.makeStream()

    /// A departure that takes `delay`, by a clock that must run as the cluster's does.
    package init(delay: Duration, clock: any WallClock = SystemClock()) {
        self.delay = delay
        self.clock = clock
    }

    /// Whether it has begun.
    package var hasBegun: Bool { state.withLock { $0.beginning != nil } }

    /// Begins it, from when on probes are to fail.
    package func begin() {
        let now = clock.now()
        state.withLock { $0.beginning = $0.beginning ?? now }
    }

    /// Ends the delay at once.
    package func end() { hurry.finish() }

    /// Suspends until the delay since the beginning has passed, `end` was called, or the task is cancelled.
    ///
    /// To be called once.
    package func wait() async {
        let passed = clock.now() - (state.withLock { $0.beginning } ?? clock.now())
        let left = min(max(delay - passed, .zero), delay)
        guard left > .zero else { return }
        await withTaskGroup(of: Void.self) { [clock, hurries] group in
            group.addTask {
                // Cancelled: then nobody waits for it.
                do { try await clock.sleep(for: left) } catch {}
            }
            group.addTask { for await _ in hurries {} }
            await group.next()
            group.cancelAll()
        }
    }
}
