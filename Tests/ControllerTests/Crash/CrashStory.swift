import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox

/// A stretch of a rollout, from a beginning to an end.
struct CrashStory: Hashable, Sendable, CustomStringConvertible {
    /// What comes of it.
    enum Outcome: String, Sendable, CaseIterable {
        /// The Canary is new.
        case initialised
        case promoted
        /// Pods take their time.
        case slowlyPromoted
        /// Measurements are bad.
        case rolledBack
        /// The primary does not come up with what was proven.
        case takenBack
        /// The promoted revision is set again in the middle of the analysis.
        case withdrawn
        /// Another revision comes in the middle of the analysis.
        case replaced
        /// The Canary is deleted in the middle of the analysis.
        case deleted
    }

    /// How traffic is given.
    let strategy: CrashStrategy
    /// What comes of it.
    let outcome: Outcome

    /// `weights/promoted`.
    var description: String { "\(strategy.rawValue)/\(outcome.rawValue)" }

    /// All that may happen by `strategy`.
    static func all(_ strategy: CrashStrategy) -> [CrashStory] {
        let impossible: Set<Outcome> =
            switch strategy {
            // A Service has no pods for which anybody would have to wait.
            case .service: [.slowlyPromoted, .takenBack]
            // Its pods change as soon as its template does, whatever traffic they have.
            case .daemonSet: [.withdrawn, .replaced]
            default: []
            }
        return Outcome.allCases.filter { !impossible.contains($0) }.map { CrashStory(strategy: strategy, outcome: $0) }
    }

    /// The stage at the beginning.
    func stage() async throws -> Stage {
        let stage = try strategy.stage()
        guard outcome != .initialised else { return stage }
        try await stage.run(stage.life(), until: .initialized)
        // What was made is marked for admission.
        for _ in 0..<2 { await stage.round(stage.life()) }
        switch outcome {
        case .slowlyPromoted: stage.world.withLock { $0.slowness = 2 }
        case .rolledBack: stage.outside.answers["request-success-rate"] = .value(95)
        case .takenBack: stage.world.withLock { _ = $0.brokenPrimaryImages.insert("stefanprodan/podinfo:3.1.1") }
        default: break
        }
        try strategy.change(stage, to: "3.1.1")
        try await interrupt(stage)
        return stage
    }

    /// What comes in the middle of the analysis.
    private func interrupt(_ stage: Stage) async throws {
        guard [.withdrawn, .replaced, .deleted].contains(outcome) else { return }
        try await stage.run(stage.life()) { stage in
            stage.exposure.most > 0 || stage.canary[path: "status", "iterations"]?.int ?? 0 > 0
        }
        switch outcome {
        case .withdrawn: try strategy.change(stage, to: "3.1.0")
        case .replaced: try strategy.change(stage, to: "3.1.2")
        default: try await stage.cluster.delete(.canaries, Stage.key)
        }
    }

    /// Whether `stage` is at the end.
    func isOver(_ stage: Stage) -> Bool {
        switch outcome {
        case .initialised, .withdrawn: stage.phase == CanaryPhase.initialized.rawValue
        case .promoted, .slowlyPromoted, .replaced: stage.phase == CanaryPhase.succeeded.rawValue
        case .rolledBack, .takenBack: stage.phase == CanaryPhase.failed.rawValue
        case .deleted: stage.cluster.object(.canaries, Stage.key) == nil
        }
    }
}
