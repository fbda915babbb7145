import Platform
import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventLoopTimerTests {
    @Test(arguments: [1, 2, 7, 500] as [UInt64])
    func callsInTheOrderOfDeadlines(count: UInt64) async throws {
        let order = try await onLoop { loop in
            var random = SeededValues(seed: count)
            let calls = Locked<[UInt64]>([])
            let start = MonotonicTime.now
            for number in (0..<count).shuffled(using: &random) {
                _ = loop.schedule(at: start + .nanoseconds(Int64(number))) {
                    calls.withLock { $0.append(number) }
                }
            }
            #expect(await loop.sleep(until: start + .milliseconds(2)) == .timedOut)
            return calls.withLock { $0 }
        }
        #expect(order == Array(0..<count))
    }

    @Test func makesNoCallBeforeItsDeadline() async throws {
        try await onLoop { loop in
            let deadline = MonotonicTime.now + .milliseconds(3)
            #expect(await loop.sleep(until: deadline) == .timedOut)
            #expect(MonotonicTime.now >= deadline)
        }
    }

    @Test func forgetsAnUnscheduledCall() async throws {
        let calls = try await onLoop { loop in
            let calls = Locked<[String]>([])
            let start = MonotonicTime.now
            let forgotten = loop.schedule(at: start + .milliseconds(1)) { calls.withLock { $0.append("forgotten") } }
            _ = loop.schedule(at: start + .milliseconds(1)) { calls.withLock { $0.append("kept") } }
            loop.unschedule(forgotten)
            _ = await loop.sleep(until: start + .milliseconds(2))
            return calls.withLock { $0 }
        }
        #expect(calls == ["kept"])
    }

    @Test func cancellationEndsASleepAtOnce() async throws {
        try await onLoop { loop in
            let sleeper = Task { await loop.sleep(until: .never) }
            sleeper.cancel()
            #expect(await sleeper.value == .cancelled)
        }
    }

    @Test func endOfTheLoopMakesTheCallsThatAreLeft() async throws {
        let loops = EventLoopGroup(count: 1)
        let loop = loops.loops[0]
        let calls = Locked(0)
        await Task(executorPreference: loop) {
            _ = loop.schedule(at: .never) { calls.withLock { $0 += 1 } }
        }.value
        await end(loops)
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func sleepsOffTheLoopEndAtOnce() async {
        let loops = EventLoopGroup(count: 1)
        #expect(await loops.loops[0].sleep(until: .never) == .cancelled)
        await end(loops)
    }
}
