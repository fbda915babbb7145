import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct MonotonicTimeTests {
    @Test func addsDurations() {
        let start = MonotonicTime.now
        #expect((start + .milliseconds(1_500)).nanoseconds == start.nanoseconds + 1_500_000_000)
        #expect(start + .seconds(-1) == start)
        #expect(start + .milliseconds(-1) == start)
    }

    @Test func countsWhatIsOutOfRangeAsNever() {
        #expect(MonotonicTime.now + .seconds(Int64.max) == .never)
        #expect(MonotonicTime.never + .nanoseconds(1) == .never)
    }

    @Test func subtractsToZeroAtLeast() {
        let start = MonotonicTime.now
        #expect((start + .seconds(2)) - start == .seconds(2))
        #expect(start - (start + .seconds(2)) == .zero)
        #expect(MonotonicTime.never - start > .seconds(60 * 60 * 24 * 365))
    }

    @Test func goesForward() {
        let start = MonotonicTime.now
        #expect(start <= .now)
        #expect(start < .never)
    }
}
