import JSON
import Platform
import Testing

@testable import Kubernetes

/// That neither the memory of Events nor their budget grows without end.
@Suite(.timeLimit(.minutes(1))) struct EventMemoryTests {
    private let now = Timestamp(seconds: 1_795_579_200)

    private func occurrence(_ number: Int) -> EventOccurrence {
        EventOccurrence(
            subject: ["kind": "Canary", "namespace": "test", "name": "podinfo", "uid": .string("u\(number)")],
            kind: "Normal",
            reason: "Synced",
            message: "m"
        )
    }

    /// Which of the events, told by number and seconds from now, a new budget pays for, and how many accounts it has
    /// then.
    private func paid(_ events: [(number: Int, seconds: Int)]) -> (paid: [Bool], accounts: Int) {
        var budget = EventBudget()
        let paid = events.map { budget.pay(for: occurrence($0.number), at: now + .seconds($0.seconds)) }
        return (paid, budget.count)
    }

    @Test func forgetsTheOldestEvents() {
        var memory = EventMemory()
        for number in 0...EventMemory.limit {
            let time = now + .milliseconds(number)
            memory.remember(occurrence(number), memory.newKey(for: occurrence(number), at: time), at: time)
        }
        let counts = [0, 1, EventMemory.limit].map { memory.countUp(occurrence($0), at: now)?.count }
        #expect(counts == [nil, 2, 2])
    }

    @Test func closesTheOldestAccounts() {
        let (paid, accounts) = paid((0..<EventBudget.limit + 3).map { ($0, 0) })
        #expect(!paid.contains(false))
        #expect(accounts == EventBudget.limit)
    }

    @Test func closesAccountsThatAreFullAgain() {
        let (paid, accounts) = paid((0..<EventBudget.limit).map { ($0, 0) } + [(-1, 60)])
        #expect(!paid.contains(false))
        #expect(accounts == 1)
    }

    @Test func aClockThatIsSetBackFillsNoAccount() {
        let burst = Array(repeating: (1, 0), count: EventBudget.burst)
        #expect(paid(burst + [(1, -600), (2, 0)]).paid.suffix(3) == [true, false, true])
    }

    @Test func givesNoNameTwice() {
        var memory = EventMemory()
        let keys = [now, now, now + .seconds(-5), now + .nanoseconds(1)].map {
            memory.newKey(for: occurrence(1), at: $0)
        }
        #expect(Set(keys).count == keys.count)
        #expect(keys[0].name == "podinfo.18eb2dc4de148000")
        #expect(keys[0].namespace == "test")
    }
}
