import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ManualClockTests {
    private let start = Timestamp(seconds: 1_000)

    @Test func standsStillUntilMoved() {
        let clock = ManualClock(start: start)
        #expect(clock.now() == start)
        clock.advance(by: .seconds(90))
        #expect(clock.now() == Timestamp(seconds: 1_090))
    }

    @Test func wakesASleeperOnlyWhenItsTimeHasCome() async throws {
        let clock = ManualClock(start: start)
        let sleeper = Task {
            try await clock.sleep(for: .seconds(10))
            return clock.now()
        }
        await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(9))
        #expect(clock.sleeperCount == 1)
        #expect(clock.timeToNextSleeper == .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(try await sleeper.value == Timestamp(seconds: 1_010))
        #expect(clock.sleeperCount == 0)
    }

    @Test func advancesSleepBySleep() async throws {
        let clock = ManualClock(start: start)
        let loop = Task {
            var wakeUps: [Timestamp] = []
            for _ in 0..<3 {
                try await clock.sleep(for: .seconds(60))
                wakeUps.append(clock.now())
            }
            return wakeUps
        }
        for _ in 0..<3 { await clock.advanceToNextSleeper() }
        #expect(try await loop.value == [1_060, 1_120, 1_180].map { Timestamp(seconds: $0) })
    }

    @Test func endsACancelledSleep() async {
        let clock = ManualClock(start: start)
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        await clock.waitForSleepers(count: 1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func refusesToSleepInACancelledTask() async {
        let clock = ManualClock(start: start)
        let sleeper = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(for: .seconds(10))
        }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func doesNotWaitForNothing() async throws {
        let clock = ManualClock(start: start)
        try await clock.sleep(for: .zero)
        await clock.waitForSleepers(count: 0)
        #expect(clock.now() == start)
    }
}
