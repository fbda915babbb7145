import HTTP
import Platform

/// Clients that ask all servers of a stage without a pause, each server for as long as it is ready: what an API server
/// does with the endpoints of a Service.
///
/// Beside them slow clients come and go.
final class SoakLoad: Sendable {
    /// Clients of each server that keep their connections.
    private static let keeping = 6
    /// Those that make a connection for each request.
    private static let closing = 2
    /// Slow clients of each kind and server.
    private static let slow = 4
    /// How long slow clients stay, in steps of a tenth of a second.
    private static let slowSteps = 5
    /// How many failures are told.
    private static let told = 10

    private struct State {
        var isOver = false
        /// Right answers by the server's port.
        var answers: [Int: Int] = [:]
        var slowClients = 0
        var failures = 0
        var reasons: [String] = []
    }

    private let stage: SoakStage
    private let review: SoakReview
    private let clock = SystemClock()
    private let state = Locked(State())

    init(_ stage: SoakStage, _ review: SoakReview) {
        self.stage = stage
        self.review = review
    }

    /// Right answers until now.
    var answers: Int { state.withLock { $0.answers.values.reduce(0, +) } }

    /// Slow clients until now.
    var slowClients: Int { state.withLock { $0.slowClients } }

    /// What failed, the first of it in words; nil when nothing did.
    var failures: String? {
        state.withLock { state in
            state.failures == 0 ? nil : "\(state.failures) failures:\n" + state.reasons.joined(separator: "\n")
        }
    }

    /// Keeps up the load while `body` runs.
    func during(_ body: () async throws -> Void) async throws {
        async let load: Void = run()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        state.withLock { $0.isOver = true }
        await load
        try outcome.get()
    }

    /// Returns when `server` has given each of its clients an answer or two more.
    func untilServed(by server: SoakServer) async throws {
        let before = answers(of: server)
        let end = clock.now() + SoakServer.patience
        while answers(of: server) < before + 2 * (Self.keeping + Self.closing) {
            guard clock.now() < end else { throw Impatience(description: "no answers after a restart") }
            try await clock.sleep(for: .milliseconds(20))
        }
    }

    private func answers(of server: SoakServer) -> Int { state.withLock { $0.answers[server.port] ?? 0 } }

    private var isOver: Bool { Task.isCancelled || state.withLock { $0.isOver } }

    private func run() async {
        await withTaskGroup(of: Void.self) { followers in
            for server in stage.servers { followers.addTask { await server.follow() } }
            await withTaskGroup(of: Void.self) { clients in
                for server in stage.servers {
                    let kept = stage.client(of: server)
                    for _ in 0..<Self.keeping { clients.addTask { await self.ask(server) { kept } } }
                    for _ in 0..<Self.closing {
                        clients.addTask { await self.ask(server) { self.stage.client(of: server) } }
                    }
                    for kind in SlowClient.allCases { clients.addTask { await self.dawdle(kind, at: server) } }
                }
            }
            followers.cancelAll()
        }
    }

    /// Asks through what `client` gives each time.
    private func ask(_ server: SoakServer, through client: @Sendable () -> HTTPClient) async {
        while !isOver {
            await whenReady(server, "a review") {
                _ = try await review.send(over: client())
                state.withLock { $0.answers[server.port, default: 0] += 1 }
            }
        }
    }

    private func dawdle(_ kind: SlowClient, at server: SoakServer) async {
        while !isOver {
            await whenReady(server, "a client that is slow, \(kind),") {
                var connections: [LooseConnection] = []
                for _ in 0..<Self.slow where server.isReady {
                    connections.append(try await kind.open(server.port, stage.context, stage.loops))
                }
                for _ in 0..<Self.slowSteps {
                    try await clock.sleep(for: .milliseconds(100))
                    for connection in connections { try await kind.goOn(connection) }
                }
                state.withLock { $0.slowClients += connections.count }
            }
        }
    }

    /// Does it now or, while the server is not ready, nothing for a moment; a failure is noted.
    private func whenReady(_ server: SoakServer, _ what: String, _ body: () async throws -> Void) async {
        do {
            guard server.isReady else { return try await clock.sleep(for: .milliseconds(20)) }
            try await body()
        } catch {
            note("\(clock.now().rfc3339Micro) \(what) at port \(server.port): \(error)")
        }
    }

    private func note(_ failure: String) {
        guard !Task.isCancelled else { return }
        state.withLock { state in
            state.failures += 1
            if state.reasons.count < Self.told { state.reasons.append(failure) }
        }
    }
}
