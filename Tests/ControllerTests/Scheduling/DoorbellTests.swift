import Platform
import TestSupport
import Testing

@testable import Controller

@Suite(.timeLimit(.minutes(1))) struct DoorbellTests {
    private let bell = Doorbell()
    private let clock = ManualClock()

    @Test func keepsARingForWhoComesLater() async {
        bell.ring()
        await bell.wait()
        await bell.wait(atMost: .zero, on: clock)
        #expect(clock.sleeperCount == 0)
    }

    @Test func wakesWhoWaits() async {
        let waiter = Task { [bell, clock] in await bell.wait(atMost: .seconds(60), on: clock) }
        await clock.waitForSleepers(count: 1)
        bell.ring()
        await waiter.value
        #expect(clock.sleeperCount == 0)
    }

    @Test func waitsNoLongerThanItIsTold() async {
        let waiter = Task { [bell, clock] in await bell.wait(atMost: .seconds(60), on: clock) }
        await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(60))
        await waiter.value
    }

    @Test func letsGoWhoIsCancelled() async {
        let waiter = Task { [bell] in await bell.wait() }
        waiter.cancel()
        await waiter.value
        // Nobody of before is left to take the next ring.
        bell.ring()
        await bell.wait()
    }
}
