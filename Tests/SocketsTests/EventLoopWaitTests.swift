import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventLoopWaitTests {
    @Test func waitsForBytes() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            async let outcome = loop.wait(for: .read, on: handle, until: .now + patience)
            await Task.yield()
            try pair.near.write("x")
            #expect(await outcome == .ready)
        }
    }

    @Test func theDeadlineEndsAWait() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let deadline = MonotonicTime.now + .milliseconds(3)
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: deadline) == .timedOut)
            #expect(MonotonicTime.now >= deadline)
        }
    }

    @Test func laterWaitsKeepTheirOwnDeadlines() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            // The reminder of the first wait comes while the second is under way, and must not end it.
            let soon = MonotonicTime.now + .milliseconds(5)
            try pair.near.write("x")
            _ = await loop.wait(for: .read, on: handle, until: soon)
            _ = try pair.readText()
            let deadline = soon + .milliseconds(5)
            #expect(await loop.wait(for: .read, on: handle, until: deadline) == .timedOut)
            #expect(MonotonicTime.now >= deadline)
        }
    }

    @Test func aPassedDeadlineEndsAWaitThoughTheSocketIsReady() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            try pair.near.write("x")
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now) == .timedOut)
        }
    }

    @Test func aWaitWithoutCancellationEndsByBytesDeadlineAndInterrupt() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            loop.submit { loop.interrupt(tag: 7) }
            #expect(await loop.waitUncancelled(for: .read, on: handle, until: .never, tag: 7) == .interrupted)
            let soon = MonotonicTime.now + .milliseconds(3)
            #expect(await loop.waitUncancelled(for: .read, on: handle, until: soon, tag: 7) == .timedOut)
            try pair.near.write("x")
            #expect(await loop.waitUncancelled(for: .read, on: handle, until: .now + patience, tag: 7) == .ready)
            #expect(await loop.waitUncancelled(for: .read, on: handle, until: .now, tag: 7) == .timedOut)
        }
    }

    @Test func cancellationEndsAWait() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            let waiting = Task { await loop.wait(for: .read, on: handle, until: .never) }
            await Task.yield()
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
        }
    }

    @Test func aWaitOfACancelledTaskEndsAtOnce() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            let waiting = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await loop.wait(for: .read, on: handle, until: .never)
            }
            #expect(await waiting.value == .cancelled)
        }
    }

    @Test func anInterruptEndsTheWaitsWithItsTagAlone() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let near = pair.near.handle
            let far = pair.far.handle
            async let tagged = loop.wait(for: .read, on: far, until: .never, tag: 7)
            async let other = loop.wait(for: .read, on: near, until: .now + .milliseconds(20), tag: 8)
            await Task.yield()
            loop.interrupt(tag: 7)
            #expect(await tagged == .interrupted)
            #expect(await other == .timedOut)
        }
    }

    @Test func aHangUpIsNoticedAndBytesAreNone() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            try pair.near.write("x")
            #expect(await loop.wait(for: .hangUp, on: handle, until: .now + .milliseconds(5)) == .timedOut)
            pair.near.finishWriting()
            #expect(await loop.wait(for: .hangUp, on: handle, until: .now + patience) == .ready)
            #expect(try pair.readText() == "x")
        }
    }

    @Test func severalInterestsInOneSocketAreWaitedForAtOnce() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let handle = pair.far.handle
            async let hangUp = loop.wait(for: .hangUp, on: handle, until: .now + patience)
            async let reading = loop.wait(for: .read, on: handle, until: .now + patience)
            await Task.yield()
            try pair.near.write("x")
            #expect(await reading == .ready)
            #expect(await loop.wait(for: .write, on: handle, until: .now + patience) == .ready)
            pair.near.finishWriting()
            #expect(await hangUp == .ready)
        }
    }

    @Test func aReusedDescriptorInheritsNothing() async throws {
        try await onLoop { loop in
            for round in 0..<20 {
                let pair = try await SocketPair.connected(on: loop)
                let outcome = await loop.wait(for: .read, on: pair.far.handle, until: .now + .microseconds(200))
                #expect(outcome == .timedOut, "round \(round)")
                try pair.near.write("x")
                #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            }
        }
    }

    @Test func theEndOfTheLoopCancelsWaits() async throws {
        let loops = EventLoopGroup(count: 1)
        let loop = loops.loops[0]
        let listener = try Socket.listening(on: loopback())
        let handle = listener.handle
        let waiting = Task(executorPreference: loop) { await loop.wait(for: .read, on: handle, until: .never) }
        await end(loops)
        #expect(await waiting.value == .cancelled)
        #expect(await loop.wait(for: .read, on: handle, until: .never) == .cancelled)
        let address = try listener.localAddress()
        #expect(address.port > 0)
    }
}
