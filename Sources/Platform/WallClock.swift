internal import Glibc

/// Where the time comes from.
///
/// Nothing in CanaryGate reads the time or sleeps but through one of these, so that a test or the sandbox runs an hour's analysis in a second.
///
/// Deadlines of network calls are not measured with it: a socket's patience is real time whatever the clock says.
package protocol WallClock: Sendable {
    /// The time now.
    func now() -> Timestamp

    /// Suspends until `duration` has passed on this clock; returns at once when it is not positive.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}

/// The time of the machine.
package struct SystemClock: WallClock {
    /// The machine's clock.
    package init() {}

    /// The time now, from `CLOCK_REALTIME`.
    package func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }

    /// Suspends for `duration` of real time.
    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        try await Task.sleep(for: duration)
    }
}

/// The machine's time run faster: `speed` seconds pass in each real one, counted from `epoch`.
///
/// Two processes that share speed and epoch agree on the time, which is how the sandbox and a server beside it do.
package struct ScaledClock: WallClock {
    /// Clock seconds in a real second, above 0.
    package let speed: Double
    /// The instant at which this clock and the machine's agreed.
    package let epoch: Timestamp
    private let machine = SystemClock()

    /// A clock that agrees with the machine's at `epoch` and runs `speed` times as fast.
    package init(speed: Double, epoch: Timestamp) {
        precondition(speed > 0 && speed.isFinite, "a clock's speed is a positive number")
        self.speed = speed
        self.epoch = epoch
    }

    /// The time now: `epoch` and the real time since then, multiplied.
    package func now() -> Timestamp { epoch + (machine.now() - epoch) * speed }

    /// Suspends for `duration` of this clock, which is `duration / speed` of real time.
    package func sleep(for duration: Duration) async throws { try await machine.sleep(for: duration / speed) }
}
