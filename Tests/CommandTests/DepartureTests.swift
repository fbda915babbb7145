import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct DepartureTests {
    private let clock = ManualClock()

    private func waited(_ departure: Departure) -> Task<Void, Never> {
        Task { await departure.wait() }
    }

    @Test func takesItsDelayFromTheBeginning() async {
        let departure = Departure(delay: .seconds(5), clock: clock)
        #expect(!departure.hasBegun)
        departure.begin()
        #expect(departure.hasBegun)
        clock.advance(by: .seconds(2))
        let waiting = waited(departure)
        await clock.waitForSleepers(count: 1)
        #expect(clock.timeToNextSleeper == .seconds(3))
        clock.advance(by: .seconds(3))
        await waiting.value
    }

    @Test func doesNotBeginTwice() async {
        let departure = Departure(delay: .seconds(5), clock: clock)
        departure.begin()
        clock.advance(by: .seconds(5))
        departure.begin()
        await departure.wait()
    }

    @Test func endsAtOnceWhenToldTo() async {
        let departure = Departure(delay: .seconds(5), clock: clock)
        departure.begin()
        let waiting = waited(departure)
        await clock.waitForSleepers(count: 1)
        departure.end()
        await waiting.value
        #expect(clock.sleeperCount == 0)
    }

    @Test func mayBeToldToEndBeforeAnybodyWaits() async {
        let departure = Departure(delay: .seconds(5), clock: clock)
        departure.begin()
        departure.end()
        await departure.wait()
    }

    @Test func takesNoTimeWithoutDelay() async {
        let departure = Departure(delay: .zero, clock: clock)
        departure.begin()
        await departure.wait()
    }
}
