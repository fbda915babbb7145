/// Who competes for a lease, and in which times; the defaults are client-go's, so that both can compete for one.
package struct LeaderElectionSettings: Hashable, Sendable {
    /// Who we are: another text for each process.
    package var identity: String
    /// How long the lease is good after it was renewed: 15 s, in whole seconds.
    package var leaseDuration: Duration
    /// How long a leader goes on without a renewal: 10 s.
    package var renewDeadline: Duration
    /// How often it is renewed, or tried for: 2 s.
    package var retryPeriod: Duration
    /// How long before the lease ends a leader may no longer write: 5 s, in which a write that is under way arrives.
    package var margin: Duration

    /// The settings of `identity`.
    package init(
        identity: String,
        leaseDuration: Duration = .seconds(15),
        renewDeadline: Duration = .seconds(10),
        retryPeriod: Duration = .seconds(2),
        margin: Duration = .seconds(5)
    ) {
        self.identity = identity
        self.leaseDuration = leaseDuration
        self.renewDeadline = renewDeadline
        self.retryPeriod = retryPeriod
        self.margin = margin
    }

    /// What keeps an election with these settings from being safe; nil when nothing does.
    package var fault: String? {
        if identity.isEmpty { return "identity: empty, expected a text of our own" }
        if leaseDuration < .seconds(1) || leaseDuration != .seconds(leaseSeconds) {
            return "lease duration: \(leaseDuration), expected whole seconds, at least one"
        }
        if renewDeadline >= leaseDuration {
            return "renew deadline: \(renewDeadline), expected less than the lease duration of \(leaseDuration)"
        }
        if retryPeriod <= .zero || retryPeriod * 1.2 >= renewDeadline {
            return "retry period: \(retryPeriod), expected more than zero and less than the renew deadline of "
                + "\(renewDeadline) divided by 1.2"
        }
        if margin < .zero || margin >= leaseDuration {
            return "margin: \(margin), expected zero or more and less than the lease duration of \(leaseDuration)"
        }
        return nil
    }

    /// The lease's duration as it is written.
    var leaseSeconds: Int { Int(leaseDuration.components.seconds) }

    /// The text `host` with 128 random bits behind it: an identity that no two processes have.
    package static func uniqueIdentity(host: String) -> String {
        let random = (0..<2).map { _ in
            let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return "\(host)_\(random.joined())"
    }
}
