import HTTP
import Platform
import Testing

/// A server that is told to stop, and clients that do not look at its probes.
@Suite(.enabled(if: !TestCluster.isReal), .timeLimit(.minutes(2))) struct LeaveTests {
    private static let drainDelay = Duration.seconds(2)
    private static let clients = 4
    /// Answers that a client gets before and after it has moved.
    private static let answers = 10

    private let clock = SystemClock()

    /// What one client saw.
    private struct Stay: Sendable {
        /// What the leaving server's probe said after it had told the client to go.
        var probe = ""
        /// Answers before that.
        var before = 0
        /// Answers of the server that stays.
        var after = 0
    }

    /// Asks over a connection that it keeps until it is told that it ends, and then goes to the server that stays.
    private func stay(
        _ stage: SoakStage,
        _ review: SoakReview,
        _ told: AsyncStream<Void>.Continuation
    ) async throws
        -> Stay
    {
        var stay = Stay()
        let first = stage.client(of: stage.servers[0])
        while try await !review.send(over: first).saysClose {
            stay.before += 1
            #expect(first.usage.connections == 1)
            if stay.before == Self.answers { told.yield() }
            try await clock.sleep(for: .milliseconds(20))
        }
        let probe = await stage.servers[0].probe("/readyz")
        stay.probe = probe.map { "\($0.status) \($0.text)" } ?? "nobody"
        let second = stage.client(of: stage.servers[1])
        for _ in 0..<Self.answers where try await !review.send(over: second).saysClose { stay.after += 1 }
        return stay
    }

    /// Sends SIGTERM, and looks at what a client sees that comes after that.
    private func leave(_ stage: SoakStage, _ review: SoakReview) async throws {
        let leaving = stage.servers[0]
        let start = clock.now()
        async let code = leaving.stop()
        while await leaving.probe("/readyz")?.status == 200 { try await clock.sleep(for: .milliseconds(10)) }
        let newcomer = stage.client(of: leaving)
        #expect(try await review.send(over: newcomer).saysClose)
        #expect(await leaving.probe("/healthz")?.status == 200)
        let exit = try await code
        #expect(exit == 0, "\(leaving.logTail)")
        #expect(clock.now() - start >= Self.drainDelay)
        #expect(await leaving.probe("/healthz") == nil)
    }

    @Test func aClientThatGoesWhenItIsToldToSeesNoFailure() async throws {
        try await SoakStage.run(drainDelay: Self.drainDelay) { stage in
            let review = try await stage.review()
            let (stream, told) = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup(of: Stay.self) { group in
                for _ in 0..<Self.clients { group.addTask { try await stay(stage, review, told) } }
                var iterator = stream.makeAsyncIterator()
                for _ in 0..<Self.clients { _ = await iterator.next() }
                try await leave(stage, review)
                for try await stay in group {
                    #expect(stay.probe == "503 not ready: shutting down\n")
                    #expect(stay.before >= Self.answers)
                    #expect(stay.after == Self.answers)
                }
            }
        }
    }
}
