import JSON
import Platform

/// How many Events are written about one thing: some at once, then one a minute.
///
/// A rollout of a hundred steps, a minute apart, is told whole. Each reason of each object has its own account, so that
/// a message that comes again and again takes nothing away from the one that tells the end. client-go holds back per
/// object, after 25 with one in five minutes.
struct EventBudget {
    /// How many Events may be written at once.
    static let burst = 25
    /// How long until one more may be.
    static let refill: Duration = .seconds(60)
    /// How many accounts are kept; those that are full again, and then the one not used for longest, go.
    static let limit = 4_096

    private struct Holder: Hashable {
        let uid: String
        let kind: String
        let key: ObjectKey
        let reason: String
    }

    /// An account as it was when it was used last.
    private struct Account {
        var balance: Double
        var time: Timestamp

        /// The balance after what has come in since.
        func balance(at now: Timestamp) -> Double {
            min(Double(EventBudget.burst), balance + max(0, (now - time) / EventBudget.refill))
        }
    }

    private var accounts: [Holder: Account] = [:]

    /// How many accounts there are.
    var count: Int { accounts.count }

    /// Pays for one Event that tells `occurrence`; false where nothing is left.
    mutating func pay(for occurrence: EventOccurrence, at now: Timestamp) -> Bool {
        let holder = Holder(
            uid: occurrence.subject["uid"]?.string ?? "",
            kind: occurrence.subject["kind"]?.string ?? "",
            key: ObjectKey(
                namespace: occurrence.subject["namespace"]?.string,
                name: occurrence.subject["name"]?.string ?? ""
            ),
            reason: occurrence.reason
        )
        if accounts[holder] == nil { makeRoom(at: now) }
        let balance = accounts[holder]?.balance(at: now) ?? Double(Self.burst)
        accounts[holder] = Account(balance: balance < 1 ? balance : balance - 1, time: now)
        return balance >= 1
    }

    private mutating func makeRoom(at now: Timestamp) {
        guard accounts.count >= Self.limit else { return }
        accounts = accounts.filter { $0.value.balance(at: now) < Double(Self.burst) }
        guard accounts.count >= Self.limit, let oldest = accounts.min(by: { $0.value.time < $1.value.time }) else {
            return
        }
        accounts[oldest.key] = nil
    }
}
