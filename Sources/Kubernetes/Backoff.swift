/// How long to wait after one failure after another: from `first`, doubling to `longest`, somewhere in the upper half
/// of that so that many who failed together do not come back together.
struct Backoff: Sendable {
    /// The wait after the first failure, before jitter.
    static let first: Duration = .milliseconds(800)
    /// The longest wait.
    static let longest: Duration = .seconds(30)

    private let jitter: @Sendable () -> Double
    /// Failures since the last success.
    private(set) var failures = 0

    /// A back-off whose jitter draws from `jitter`, which answers 0 ..< 1.
    init(jitter: @escaping @Sendable () -> Double) { self.jitter = jitter }

    /// Starts over after a success.
    mutating func reset() { failures = 0 }

    /// Counts a failure and returns how long to wait.
    mutating func failed() -> Duration {
        let base = min(Self.first * (1 << min(failures, 10)), Self.longest)
        failures += 1
        return base * (0.5 + jitter() / 2)
    }
}
