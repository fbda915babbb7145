import JSON
import Platform
import Testing

@testable import Kubernetes

/// What waits, and for how long.
@Suite struct EventQueueTests {
    private let now = Timestamp(seconds: 1_795_579_200)

    private func entry(_ name: String, count: Int = 1, isNew: Bool = true, after seconds: Int = 0) -> EventEntry {
        EventEntry(
            key: ObjectKey(namespace: "test", name: name),
            occurrence: EventOccurrence(
                subject: ["name": "podinfo"],
                kind: "Normal",
                reason: "Synced",
                message: "m\(count)"
            ),
            isNew: isNew,
            count: count,
            first: now,
            last: now + .seconds(seconds)
        )
    }

    @Test func givesUpTheOldestWhenItIsFull() {
        var queue = EventQueue()
        let displaced = (0...EventQueue.limit).compactMap { queue.add(entry("e\($0)"))?.key.name }
        #expect(displaced == ["e0"])
        #expect(queue.count == EventQueue.limit)
        #expect(queue.next()?.key.name == "e1")
    }

    @Test func mergesWhatIsAboutTheSameEvent() {
        var queue = EventQueue()
        #expect(queue.add(entry("a")) == nil)
        #expect(queue.add(entry("b")) == nil)
        #expect(queue.add(entry("a", count: 3, isNew: false, after: 9)) == nil)
        #expect(queue.count == 2)
        #expect(queue.next() == entry("a", count: 3, isNew: true, after: 9))
        #expect(queue.next() == entry("b"))
        #expect(queue.next() == nil)
    }

    @Test func mergesNoOlderCountOverANewerOne() {
        var lost = entry("a")
        lost.mayExist = true
        var expected = entry("a", count: 3, isNew: true, after: 9)
        expected.mayExist = true
        #expect(entry("a", count: 3, isNew: false, after: 9).merged(with: lost) == expected)
    }

    @Test func waitsForAnHour() {
        #expect(!entry("a", after: 1).isExpired(at: now + .seconds(3_601)))
        #expect(entry("a", after: 1).isExpired(at: now + .seconds(3_602)))
    }
}
