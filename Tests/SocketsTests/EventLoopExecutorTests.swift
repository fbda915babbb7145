import Platform
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventLoopExecutorTests {
    @Test func runsTasksThatPreferIt() async throws {
        try await onLoop { loop in
            #expect(loop.isCurrent)
            await Task.yield()
            #expect(loop.isCurrent)
            async let child = loop.isCurrent
            #expect(await child)
        }
    }

    @Test func takesItsTasksBackFromAnotherExecutor() async throws {
        try await onLoop { loop in
            let isElsewhere = await Task.detached { !loop.isCurrent }.value
            #expect(isElsewhere)
            #expect(loop.isCurrent)
        }
    }

    @Test func runsWorkOfOtherThreads() async throws {
        let loops = EventLoopGroup(count: 1)
        let loop = loops.loops[0]
        let (calls, continuation) = AsyncStream<Bool>.makeStream()
        for _ in 0..<100 { loop.submit { continuation.yield(loop.isCurrent) } }
        var count = 0
        for await isOnLoop in calls.prefix(100) where isOnLoop { count += 1 }
        #expect(count == 100)
        await end(loops)
    }

    @Test func submittedWorkRunsLater() async throws {
        let order = try await onLoop { loop in
            let order = Locked<[String]>([])
            loop.submit { order.withLock { $0.append("submitted") } }
            order.withLock { $0.append("returned") }
            await Task.yield()
            return order.withLock { $0 }
        }
        #expect(order == ["returned", "submitted"])
    }

    @Test func aTaskThatOnlyYieldsStarvesNoSocket() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let spinner = Task {
                while !Task.isCancelled { await Task.yield() }
            }
            try pair.near.write("x")
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            #expect(await loop.sleep(until: .now + .milliseconds(1)) == .timedOut)
            spinner.cancel()
        }
    }

    @Test func tasksOutliveTheLoop() async throws {
        let loops = EventLoopGroup(count: 2)
        await end(loops)
        await end(loops)
        let loop = loops.loops[0]
        let isOnLoop = await Task(executorPreference: loop) { loop.isCurrent }.value
        #expect(!isOnLoop)
    }

    @Test func givesLoopsInTurn() async throws {
        let loops = EventLoopGroup(count: 3)
        let first = (0..<3).map { _ in ObjectIdentifier(loops.next) }
        #expect(Set(first).count == 3)
        let own = loops.loops[2]
        let isOwn = await Task(executorPreference: own) { loops.next === own }.value
        #expect(isOwn)
        await end(loops)
        #expect(EventLoopGroup(count: 0).loops.count == 1)
    }
}
