import Platform

/// How many steps may follow each other at once: a whole burst, and one more each second.
///
/// Steps that follow each other end in a wait. Where they do not, somebody undoes what the loop does, and a quarrel goes
/// on at a pace that an API server does not mind.
struct StepCredit: Hashable {
    /// More than the longest way through the state machine without a wait.
    static let burst = 20
    /// In which time one more step is allowed.
    static let refill: Duration = .seconds(1)

    private var left = Self.burst
    private var since: Timestamp?

    /// Takes one step at `now`; returns from when on the next one may follow.
    mutating func spend(at now: Timestamp) -> Timestamp {
        if let since {
            let (seconds, _) = (now - since).components
            if seconds > 0 {
                left = min(Self.burst, left + Int(clamping: min(seconds, Int64(Self.burst))))
                self.since = left == Self.burst ? nil : since + .seconds(seconds)
            }
        }
        if since == nil { since = now }
        left -= 1
        guard left <= 0 else { return now }
        left = 0
        return (since ?? now) + Self.refill
    }
}
