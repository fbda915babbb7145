package import Platform

/// A line on a terminal that says how far a long check has come.
///
/// A short one is done before it says anything.
package struct ProgressLine {
    /// How long a check may take without a word: after that people begin to wonder.
    private static let patience: Duration = .seconds(2)
    /// How often the line is written anew at most.
    private static let interval: Duration = .milliseconds(200)

    private let clock: any WallClock
    private let write: (String) -> Void
    private var next: Timestamp
    private var isShown = false

    /// A line that is written with `write`, no sooner than two seconds from now on `clock`.
    package init(clock: any WallClock, write: @escaping (String) -> Void) {
        self.clock = clock
        self.write = write
        next = clock.now() + Self.patience
    }

    /// Says that `done` of `total` steps are done, if it is time to.
    package mutating func show(_ done: Int, of total: Int) {
        let now = clock.now()
        guard now >= next, total > 0 else { return }
        next = now + Self.interval
        isShown = true
        write("\rchecking: \(done * 100 / total) %\u{1B}[K")
    }

    /// Takes the line away.
    package mutating func clear() {
        guard isShown else { return }
        isShown = false
        write("\r\u{1B}[K")
    }
}
