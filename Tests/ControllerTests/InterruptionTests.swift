import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// The loop killed, or refused an answer, at each of its calls: all comes to the same end.
@Suite(.timeLimit(.minutes(1))) struct InterruptionTests {
    /// A stretch of a rollout.
    enum Story: String, CaseIterable {
        case initialisation, goodRevision, slowRevision, badRevision, gradualPromotion, withdrawal, replacement

        var end: CanaryPhase {
            switch self {
            case .initialisation, .withdrawal: .initialized
            case .goodRevision, .slowRevision, .gradualPromotion, .replacement: .succeeded
            case .badRevision: .failed
            }
        }

        func stage() async throws -> Stage {
            var canary = try Examples.shortCanary()
            let target = try Examples.shortDeployment()
            switch self {
            case .initialisation: return try Stage(canary: canary, target: target)
            case .goodRevision, .slowRevision:
                let stage = try await Stage.initialised(canary: canary, target: target)
                if self == .slowRevision { stage.world.withLock { $0.slowness = 2 } }
                try stage.setImage("3.1.1")
                return stage
            case .badRevision:
                let stage = try await Stage.analysing(weight: 25, canary: canary, target: target)
                stage.outside.answers["request-success-rate"] = .value(95)
                return stage
            case .gradualPromotion:
                canary[path: "spec", "analysis", "stepWeightPromotion"] = 30
                return try await Stage.analysing(weight: 50, canary: canary, target: target)
            case .withdrawal, .replacement:
                let stage = try await Stage.analysing(weight: 50, canary: canary, target: target)
                try stage.setImage(self == .withdrawal ? "3.1.0" : "3.1.2")
                return stage
            }
        }
    }

    /// One round of the undisturbed run: from where it began, and what it called.
    private struct Look {
        let start: Checkpoint
        let calls: [String]
    }

    private static func looks(_ stage: Stage, until end: CanaryPhase) async throws -> [Look] {
        let life = stage.life()
        var looks: [Look] = []
        var restingRounds = 0
        while restingRounds < 2 {
            let start = Checkpoint(stage)
            let before = life.link.calls.count
            let next = await stage.round(life)
            looks.append(Look(start: start, calls: Array(life.link.calls.dropFirst(before))))
            if stage.phase == end.rawValue { restingRounds += 1 }
            if case .after(let pause) = next, restingRounds == 0 { stage.clock.advance(by: pause) }
            if looks.count > 100 { throw Stage.Endless(status: stage.phase) }
        }
        return looks
    }

    /// The ways in which a round can be broken: at each call, before it or after it took effect, the process dead or not.
    private static func breaks(_ look: Look) -> [Link.Break] {
        look.calls.enumerated().flatMap { index, call in
            let number = index + 1
            // A read changes nothing, whether it was made or not.
            if call.hasPrefix("get ") || call.hasPrefix("list ") {
                return [Link.Break(call: number, takesEffect: false, isDeath: true)]
            }
            return [false, true].flatMap { takesEffect in
                [true, false].map { Link.Break(call: number, takesEffect: takesEffect, isDeath: $0) }
            }
        }
    }

    @Test(arguments: Story.allCases) func changesNothingAboutTheEnd(story: Story) async throws {
        let undisturbed = try await story.stage()
        let looks = try await Self.looks(undisturbed, until: story.end)
        let expected = Checkpoint(undisturbed).essence
        #expect(undisturbed.faults.isEmpty)
        // What follows from a state that was there before is known.
        var known = Set(looks.map(\.start.state))
        for (number, look) in looks.enumerated() {
            for breaking in Self.breaks(look) {
                let stage = Stage(look.start)
                let broken = stage.life(breaking: breaking)
                await stage.round(broken)
                let place: Comment = "\(breaking) of round \(number): \(look.calls[breaking.call - 1])"
                #expect(stage.faults.isEmpty, place)
                guard known.insert(Checkpoint(stage).state).inserted else { continue }
                let next = breaking.isDeath ? stage.life() : broken
                try await stage.run(next, until: story.end)
                await stage.round(next)
                await stage.round(next)
                #expect(stage.faults.isEmpty, place)
                #expect(Checkpoint(stage).essence == expected, place)
            }
        }
    }
}
