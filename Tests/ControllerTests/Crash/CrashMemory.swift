import Platform

/// The states that are known to end well.
///
/// A check that fails once more leaves something behind, so that what comes after one is kept apart.
final class CrashMemory: Sendable {
    private let strict: Locked<[String: CrashFuture]>
    private let lenient = Locked<[String: CrashFuture]>([:])

    /// What the undisturbed run knows.
    init(_ run: CrashRun) {
        strict = Locked(Dictionary(run.looks.map { ($0.state, $0.future) }) { first, _ in first })
    }

    /// What comes after `state`; nil when that is not known.
    func future(of state: String, _ crash: CrashCase) -> CrashFuture? {
        if let future = strict.withLock({ $0[state] }) { return future }
        return crash.failure == .silence ? lenient.withLock { $0[state] } : nil
    }

    /// Takes down what comes after `state`.
    func learn(_ state: String, _ future: CrashFuture, _ crash: CrashCase) {
        (crash.failure == .silence ? lenient : strict).withLock { $0[state] = $0[state] ?? future }
    }
}
