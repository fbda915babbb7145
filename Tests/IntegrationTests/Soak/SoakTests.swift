import Platform
import Testing

/// Two servers under load, whose certificates are renewed and which are restarted in turn, for
/// `CANARYGATE_SOAK_SECONDS`.
@Suite(.enabled(if: !TestCluster.isReal), .timeLimit(.minutes(SoakSettings.seconds / 60 + 4)))
struct SoakTests {
    /// What a renewal and two restarts take at least.
    private static let round = Duration.seconds(8)

    private let clock = SystemClock()

    @Test func failsNoRequestAndKeepsNothing() async throws {
        try #require(SoakSettings.isValid, "CANARYGATE_SOAK_SECONDS is not a number")
        try await SoakStage.run(drainDelay: .seconds(2)) { stage in
            var idle: [Int] = []
            for server in stage.servers { idle.append(try await server.descriptors()) }
            let load = SoakLoad(stage, try await stage.review())
            var grown: [Int] = []
            var restarts = 0
            let start = clock.now()
            do {
                try await load.during {
                    restarts = try await disturb(stage, load, until: start + .seconds(SoakSettings.seconds * 2 / 3))
                    grown = try await growth(of: stage, until: start + .seconds(SoakSettings.seconds))
                }
            } catch {
                Issue.record(error, "\(load.failures ?? "no failures")")
            }
            let logs = stage.servers.map(\.logTail).joined(separator: "\n\n")
            #expect(load.failures == nil, "\(logs)")
            if let most = SoakSettings.growth { #expect(grown.allSatisfy { $0 < most }, "\(grown) KiB") }
            for (server, count) in zip(stage.servers, idle) {
                #expect(try await server.descriptors(expected: count) == count)
                try await expectOnlyGoodAnswers(server)
                #expect(try await server.stop() == 0, "\(server.logTail)")
            }
            print(
                "soak: \(load.answers) answers, \(load.slowClients) slow clients, \(stage.rotations) certificates, "
                    + "\(restarts) restarts, \(grown) KiB more in the last third, \(idle) descriptors before and after"
            )
        }
    }

    /// Renews the certificate and restarts one server after the other, once and for as long as there is time before `end`;
    /// how many restarts there were.
    private func disturb(_ stage: SoakStage, _ load: SoakLoad, until end: Timestamp) async throws -> Int {
        var restarts = 0
        repeat {
            try await stage.rotate()
            for server in stage.servers {
                try await load.untilServed(by: server)
                #expect(try await server.stop() == 0, "\(server.logTail)")
                try await server.start()
                try await load.untilServed(by: server)
                restarts += 1
            }
        } while clock.now() + Self.round < end
        return restarts
    }

    /// How much the memory of each server grows until `end` in KiB, while certificates alone are renewed.
    private func growth(of stage: SoakStage, until end: Timestamp) async throws -> [Int] {
        try await clock.sleep(for: .seconds(1))
        let before = try stage.servers.map { try $0.residentMemory() }
        repeat { try await stage.rotate() } while clock.now() < end
        let after = try stage.servers.map { try $0.residentMemory() }
        return zip(after, before).map { $0 - $1 }
    }

    /// The server itself has counted nothing but right answers, and those to deaf clients, who ask for what is not there.
    private func expectOnlyGoodAnswers(_ server: SoakServer) async throws {
        let metrics = try #require(await server.probe("/metrics")).text
        let answers = metrics.split(separator: "\n").filter { $0.hasPrefix("canarygate_http_requests_total{") }
        let codes = answers.map { $0.split(separator: "\"")[1] }
        #expect(codes.sorted() == ["200", "404"], "\(answers)")
        #expect(metrics.contains("canarygate_certificate_refused_renewals_total 0\n"), "\(metrics)")
    }
}
