import Glibc
import Platform
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventLoopTurnTests {
    @Test func aTurnLetsTheNetworkHaveItsSay() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let order = Locked<[String]>([])
            let reader = Task(executorPreference: loop) {
                _ = await loop.wait(for: .read, on: pair.far.handle, until: .now + patience)
                order.withLock { $0.append("read") }
            }
            // The reader waits when the loop has gone round once.
            await loop.turn()
            try pair.near.write("x")
            await loop.turn()
            order.withLock { $0.append("turn") }
            await reader.value
            #expect(order.withLock { $0 } == ["read", "turn"])
        }
    }

    @Test func callsAreMadeOnceAndInOrder() async throws {
        let calls = try await onLoop { loop in
            let calls = Locked<[Int]>([])
            for number in 0..<3 { loop.onNextTurn { calls.withLock { $0.append(number) } } }
            #expect(calls.withLock { $0.isEmpty })
            await loop.turn()
            await loop.turn()
            return calls.withLock { $0 }
        }
        #expect(calls == [0, 1, 2])
    }

    @Test func aTurnOffTheLoopIsNone() async {
        let loops = EventLoopGroup(count: 1)
        await loops.loops[0].turn()
        await end(loops)
    }

    @Test func thoseWhoLetOthersGoFirstGoOnTogether() async throws {
        try await onLoop { loop in
            let start = MonotonicTime.now
            await loop.turn()
            let steps = await Self.steps(of: 3, on: loop, at: start)
            #expect(steps == ["first", "first", "first", "second", "second", "second", "third", "third", "third"])
        }
    }

    @Test func nobodyIsHeldUpInARoundThatTakesLong() async throws {
        try await onLoop { loop in
            let steps = await Self.steps(of: 2, on: loop, at: .never)
            #expect(steps == ["first", "second", "third", "first", "second", "third"])
        }
    }

    @Test func whoHasTheLoopForLongLetsTheNetworkHaveItsSay() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let order = Locked<[String]>([])
            let reader = Task(executorPreference: loop) {
                _ = await loop.wait(for: .read, on: pair.far.handle, until: .now + patience)
                order.withLock { $0.append("read") }
            }
            await loop.turn()
            try pair.near.write("x")
            let due = MonotonicTime.now + .milliseconds(1)
            while .now < due {}
            await loop.turnIfDue()
            order.withLock { $0.append("long") }
            await reader.value
            #expect(order.withLock { $0 } == ["read", "long"])
        }
    }

    @Test func noTurnIsDueOffTheLoop() async {
        let loops = EventLoopGroup(count: 1)
        await loops.loops[0].turnIfDue()
        await end(loops)
    }

    @Test func nobodyWaitsForOthersOffTheLoop() async {
        let loops = EventLoopGroup(count: 1)
        await loops.loops[0].letOthersGoFirst(at: .now)
        await end(loops)
    }

    /// What `count` tasks do that let others go first twice.
    private static func steps(of count: Int, on loop: EventLoop, at now: MonotonicTime) async -> [String] {
        let order = Locked<[String]>([])
        let tasks = (0..<count).map { _ in
            Task(executorPreference: loop) {
                order.withLock { $0.append("first") }
                await loop.letOthersGoFirst(at: now)
                order.withLock { $0.append("second") }
                await loop.letOthersGoFirst(at: now)
                order.withLock { $0.append("third") }
            }
        }
        for task in tasks { await task.value }
        return order.withLock { $0 }
    }

    @Test func theWaitThatHasLastedLongestIsEnded() async throws {
        try await onLoop { loop in
            let outcomes = Locked<[String]>([])
            var pairs: [SocketPair] = []
            var waits: [Task<Void, Never>] = []
            for (name, tag) in [("other", 3), ("first", 1), ("second", 1), ("better", 2)] as [(String, UInt64)] {
                let pair = try await SocketPair.connected(on: loop)
                pairs.append(pair)
                waits.append(
                    Task(executorPreference: loop) {
                        let outcome = await loop.wait(for: .read, on: pair.far.handle, until: .never, tag: tag)
                        outcomes.withLock { $0.append("\(name) \(outcome)") }
                    }
                )
                await loop.turn()
            }
            #expect(loop.interruptOldest(tags: [2, 1]))
            #expect(loop.interruptOldest(tags: [2, 1]))
            #expect(loop.interruptOldest(tags: [2, 1]))
            #expect(!loop.interruptOldest(tags: [2, 1]))
            await loop.turn()
            #expect(outcomes.withLock { $0 } == ["better interrupted", "first interrupted", "second interrupted"])
            loop.interrupt(pairs[0].near.handle)
            #expect(outcomes.withLock { $0.count } == 3)
            loop.interrupt(pairs[0].far.handle)
            for wait in waits { await wait.value }
            #expect(outcomes.withLock { $0.last } == "other interrupted")
        }
    }

    @Test func aWaitIsFoundBeyondTheDescriptorsOfOthers() async throws {
        try await onLoop { loop in
            // As if of another loop: this one has nothing there.
            let others = (0..<200).map { _ in dup(0) }
            defer { for descriptor in others { close(descriptor) } }
            let pair = try await SocketPair.connected(on: loop)
            let wait = Task(executorPreference: loop) {
                await loop.wait(for: .read, on: pair.far.handle, until: .now + patience, tag: 1)
            }
            await loop.turn()
            #expect(loop.interruptOldest(tags: [1]))
            loop.interrupt(pair.far.handle)
            #expect(await wait.value == .interrupted)
        }
    }

    @Test func aReadMarkHoldsReadinessBack() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            try pair.far.setReadMark(3)
            try pair.near.write("ab")
            let early = await loop.wait(for: .read, on: pair.far.handle, until: .now + .milliseconds(5))
            #expect(early == .timedOut)
            try pair.near.write("c")
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            var bytes = [UInt8](repeating: 0, count: 9)
            // Looking takes nothing away.
            for _ in 0..<2 {
                #expect(try bytes.withUnsafeMutableBytes { try pair.far.peek(into: $0) } == .bytes(3))
            }
            #expect(try pair.readText() == "abc")
        }
    }

    @Test func aReadMarkDoesNotHideTheEnd() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            try pair.far.setReadMark(3)
            try pair.near.write("ab")
            pair.near.finishWriting()
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
        }
    }

    @Test func thousandsOfDeadlinesAtOnceLeaveTurnsToOthers() async throws {
        try await onLoop { loop in
            let fired = Locked(0)
            let due = MonotonicTime.now
            for _ in 0..<1_000 { _ = loop.schedule(at: due) { fired.withLock { $0 += 1 } } }
            await loop.turn()
            #expect((1..<1_000).contains(fired.withLock { $0 }))
            while fired.withLock({ $0 }) < 1_000 { await loop.turn() }
        }
    }

    @Test func theDescriptorLimitIsRaisedToTheHardOne() {
        #expect(DescriptorLimit.raise() >= 1_024)
        #expect(DescriptorLimit.raise() == DescriptorLimit.raise())
    }
}
