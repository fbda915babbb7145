import JSON
import Sandbox
import TestSupport
import Testing

/// Every strategy with the server as a process and kubectl for a user: a revision rolled back and one promoted, all at
/// the same time in one cluster, and who was served by what.
@Suite(.enabled(if: !TestCluster.isReal && Kubectl.program != nil), .timeLimit(.minutes(3)))
struct StrategyTests {
    // Ten analyses at once are measured with seconds of work between them.
    private static let settings = TestClusterSettings(
        speed: 10,
        images: ["\(StrategyCase.image(StrategyCase.bad))=60%,80ms"],
        callers: [
            CallerGroup("insiders", share: 0.1, headers: ["x-canary": "insider"]),
            CallerGroup("chosen", share: 0.1, headers: ["cookie": "theme=dark; canary=always"]),
            CallerGroup("regulars", share: 0.4, keepsCookies: true), CallerGroup("others", share: 0.4),
        ]
    )

    @Test func promoteWhatWorksAndRollBackWhatDoesNot() async throws {
        try await TestCluster.run(Self.settings) { cluster in
            try await withThrowingDiscardingTaskGroup { group in
                for strategy in StrategyCase.all {
                    group.addTask { try await Self.run(StrategyStage(strategy, in: cluster)) }
                }
            }
            let log = try cluster.serverLog
            #expect(!log.contains("forbidden"), "\(log)")
            let table = try await cluster.kubectl("get", "canaries", "--all-namespaces", "--no-headers").output
            let lines = table.split(separator: "\n")
            #expect(
                lines.count == StrategyCase.all.count && lines.allSatisfy { $0.contains(" Succeeded ") },
                "\(table)"
            )
        }
    }

    private static func run(_ stage: StrategyStage) async throws {
        try await stage.initialise()
        // First, for what is measured of a revision has nothing of one before it then; the other is allowed some checks
        // that fail for the rest of this one.
        try await stage.change(to: StrategyCase.bad, until: "Failed")
        stage.strategy.failed(stage)
        #expect(stage.canary[path: "status", "canaryWeight"] == 0)

        try await stage.change(to: StrategyCase.good, until: "Succeeded")
        stage.strategy.promoted(stage)
        #expect(stage.canary[path: "status", "canaryWeight"] == 0)
        #expect(stage.served(StrategyCase.bad, by: "podinfo-primary") == 0, "\(stage.strategy.namespace)")
    }
}
