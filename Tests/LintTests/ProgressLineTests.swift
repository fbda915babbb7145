import Lint
import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProgressLineTests {
    @Test func speaksUpAfterTwoSeconds() {
        let clock = ManualClock()
        let written = Locked<[String]>([])
        var line = ProgressLine(clock: clock) { text in written.withLock { $0.append(text) } }
        line.show(1, of: 4)
        clock.advance(by: .milliseconds(1_999))
        line.show(2, of: 4)
        #expect(written.withLock { $0 } == [])
        clock.advance(by: .milliseconds(1))
        line.show(3, of: 4)
        line.show(4, of: 4)
        clock.advance(by: .milliseconds(200))
        line.show(4, of: 4)
        line.clear()
        line.clear()
        #expect(
            written.withLock { $0 } == ["\rchecking: 75 %\u{1B}[K", "\rchecking: 100 %\u{1B}[K", "\r\u{1B}[K"]
        )
    }

    @Test func clearsNothingThatWasNotShown() {
        let written = Locked<[String]>([])
        var line = ProgressLine(clock: ManualClock()) { text in written.withLock { $0.append(text) } }
        line.show(1, of: 2)
        line.clear()
        #expect(written.withLock { $0 } == [])
    }
}
