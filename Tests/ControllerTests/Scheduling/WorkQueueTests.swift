import Kubernetes
import Platform
import Testing

@testable import Controller

@Suite(.timeLimit(.minutes(1))) struct WorkQueueTests {
    private let start = Timestamp(seconds: 1_000)

    private func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "test", name: name) }

    private func queue(_ names: String..., workers: Int = 8) -> WorkQueue {
        var queue = WorkQueue(workers: workers)
        for name in names { queue.add(key(name), due: start) }
        return queue
    }

    /// The next key, when there is one.
    private func next(_ queue: inout WorkQueue, at seconds: Int = 0) -> String? {
        guard case .look(let key, _) = queue.next(at: start + .seconds(seconds)) else { return nil }
        return key.name
    }

    @Test func goesByTimeAndThenByArrival() {
        var queue = WorkQueue(workers: 8)
        for (name, seconds) in [("c", 5), ("a", 1), ("d", 5), ("b", 3)] {
            queue.add(key(name), due: start + .seconds(seconds))
        }
        #expect(queue.next(at: start) == .wait(until: start + .seconds(1)))
        #expect((0..<4).map { _ in next(&queue, at: 5) } == ["a", "b", "c", "d"])
        #expect(queue.next(at: start + .seconds(9)) == .nothing)
    }

    @Test func saysSinceWhenOneWasDue() {
        var queue = queue("a")
        #expect(queue.next(at: start + .seconds(4)) == .look(key("a"), due: start))
    }

    @Test func handsOutNoMoreThanItsWorkers() {
        var queue = queue("a", "b", "c", workers: 2)
        #expect(next(&queue) == "a" && next(&queue) == "b")
        #expect(queue.next(at: start) == .nothing)
        #expect(queue.overdue(at: start) == 1)
        queue.finish(key("a"), .after(.seconds(9)), at: start)
        #expect(next(&queue) == "c")
    }

    @Test func countsNobodyWhoWaitsOutside() {
        var queue = queue("a", "b", workers: 1)
        #expect(next(&queue) == "a" && next(&queue) == nil)
        queue.setOutside(true, key("a"))
        #expect(next(&queue) == "b")
        #expect((queue.running, queue.outside) == (2, 1))
        queue.setOutside(false, key("a"))
        queue.finish(key("b"), .gone, at: start)
        queue.setOutside(true, key("a"))
        queue.finish(key("a"), .gone, at: start)
        #expect((queue.running, queue.outside, queue.count) == (0, 0, 0))
    }

    @Test func hasABoundForThoseOutsideToo() {
        var queue = WorkQueue(workers: 1)
        for number in 0..<40 { queue.add(key("\(number)"), due: start) }
        var count = 0
        while let name = next(&queue) {
            queue.setOutside(true, key(name))
            count += 1
        }
        #expect(count == 32)
    }

    @Test func wakesOneThatSleeps() {
        var queue = queue("a")
        #expect(next(&queue) == "a")
        queue.finish(key("a"), .after(.seconds(600)), at: start)
        #expect(next(&queue, at: 5) == nil)
        queue.wake(key("a"), at: start + .seconds(5))
        #expect(next(&queue, at: 5) == "a")
        queue.finish(key("a"), .after(.seconds(600)), at: start + .seconds(5))
        // The time that it slept for at first does not count any more.
        #expect(next(&queue, at: 601) == nil)
        #expect(next(&queue, at: 605) == "a")
    }

    @Test func looksAgainAtOneThatWasWokenMeanwhile() {
        var queue = queue("a")
        #expect(next(&queue) == "a")
        queue.wake(key("a"), at: start)
        #expect(next(&queue) == nil)
        queue.finish(key("a"), .after(.seconds(600)), at: start + .seconds(1))
        #expect(queue.next(at: start + .seconds(1)) == .look(key("a"), due: start + .seconds(1)))
    }

    @Test func forgetsOneThatGoesMeanwhileUnlessItComesBack() {
        var queue = queue("a", "b")
        #expect(next(&queue) == "a" && next(&queue) == "b")
        queue.remove(key("a"))
        queue.remove(key("b"))
        queue.add(key("b"), due: start)
        queue.finish(key("a"), .again, at: start)
        queue.finish(key("b"), .again, at: start)
        #expect(queue.count == 1 && next(&queue) == "b")
    }

    @Test func neverWakesAStranger() {
        var queue = queue("a")
        queue.wake(key("b"), at: start)
        queue.finish(key("b"), .again, at: start)
        #expect(queue.count == 1 && queue.running == 0)
    }

    @Test func letsABurstOfStepsPassAndThenOneASecond() {
        var queue = queue("a")
        var steps = 0
        while next(&queue) != nil {
            steps += 1
            queue.finish(key("a"), .again, at: start)
        }
        #expect(steps == StepCredit.burst)
        // Whoever undoes it wakes it each time, which changes nothing.
        queue.wake(key("a"), at: start)
        #expect(queue.next(at: start) == .wait(until: start + .seconds(1)))
        #expect(next(&queue, at: 1) == "a")
        queue.finish(key("a"), .after(.zero), at: start + .seconds(1))
        #expect(next(&queue, at: 1) == "a")
        queue.finish(key("a"), .again, at: start + .seconds(60))
        #expect(next(&queue, at: 60) == "a")
    }

    @Test func handsOutOneThatWasWokenOftenOnceAndTheOthersInTheirTurn() {
        var queue = queue("a")
        for name in ["c", "b"] { queue.add(key(name), due: start + .seconds(name == "b" ? 2_000 : 3_000)) }
        for second in 0..<1_000 {
            queue.wake(key("a"), at: start + .seconds(second))
            #expect(next(&queue, at: second) == "a")
            queue.finish(key("a"), .after(.seconds(3_600)), at: start + .seconds(second))
        }
        #expect(queue.next(at: start + .seconds(1_999)) == .wait(until: start + .seconds(2_000)))
        #expect((0..<3).map { _ in next(&queue, at: 9_999) } == ["b", "c", "a"])
        #expect(queue.next(at: start + .seconds(9_999)) == .nothing)
    }

    @Test func staysInOrderWithManyAtRandom() {
        var queue = WorkQueue(workers: 10_000)
        var random = SystemRandomNumberGenerator()
        for number in 0..<1_000 {
            queue.add(key("\(number)"), due: start + .milliseconds(Int.random(in: 0..<500, using: &random)))
        }
        var last = start
        var count = 0
        while case .look(_, let due) = queue.next(at: start + .seconds(1)) {
            #expect(due >= last)
            last = due
            count += 1
        }
        #expect(count == 1_000)
    }
}
