import Platform
import Testing

@Suite struct ClockTests {
    @Test func twoScaledClocksOfTheSameEpochAgreeAndRunFaster() {
        let epoch = SystemClock().now()
        let first = ScaledClock(speed: 3_600, epoch: epoch)
        let second = ScaledClock(speed: 3_600, epoch: epoch)
        let earlier = first.now()
        let later = second.now()
        #expect(earlier >= epoch)
        #expect(later >= earlier)
    }

    @Test(.timeLimit(.minutes(1))) func sleepsAsLongAsItsOwnTimeSays() async throws {
        let clock = ScaledClock(speed: 10_000, epoch: SystemClock().now())
        let start = clock.now()
        try await clock.sleep(for: .seconds(60))
        #expect(clock.now() - start >= .seconds(60))
    }

    @Test func locksOutOtherThreads() async {
        let counter = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1_000 { counter.withLock { $0 += 1 } } }
            }
        }
        #expect(counter.withLock { $0 } == 8_000)
    }
}
