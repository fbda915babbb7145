import Controller
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// Random sequences of roads, crashes and restarts: what must never be, never is, and the cluster can be brought back.
@Suite(.timeLimit(.minutes(1))) struct RandomRoadsTests {
    /// Something that happens.
    private enum Event: CaseIterable {
        case round, laterRound, image, promotedImage, slippedImage, replicas, unpause, crash, restart, badMetric,
            goodMetric
        case contour, suspension, brokenImage
    }

    private struct Walk {
        let stage: Stage
        var life: Stage.Life
        var values: SeededValues
        var number = 0
        var history: [String] = []

        init(seed: UInt64) async throws {
            stage = try await Stage.initialised(canary: Examples.shortCanary(), target: Examples.shortDeployment())
            life = stage.life()
            values = SeededValues(seed: seed)
        }

        mutating func go(_ event: Event) async throws {
            history.append("\(event)")
            switch event {
            case .round: await look()
            case .laterRound:
                stage.clock.advance(by: .seconds(30))
                await look()
            case .image, .slippedImage:
                number += 1
                try stage.setImage("4.0.\(number)", isWebhookDown: event == .slippedImage)
            case .promotedImage:
                try stage.setImage(String(stage.primary.template.image.split(separator: ":").last ?? ""))
            case .replicas: stage.cluster.modify(.deployments, Stage.key) { $0[path: "spec", "replicas"] = 3 }
            case .unpause: stage.cluster.modify(.deployments, Stage.key) { $0[path: "spec", "paused"] = false }
            case .crash:
                let call = Int.random(in: 1...20, using: &values)
                let takesEffect = Bool.random(using: &values)
                life = stage.life(breaking: Link.Break(call: call, takesEffect ? .deathAfter : .deathBefore))
                for _ in 0..<3 { await look() }
                life = stage.life()
            case .restart: life = stage.life()
            case .badMetric: stage.outside.answers["request-success-rate"] = .value(50)
            case .goodMetric: stage.outside.answers = [:]
            case .contour: stage.world.withLock { $0.hasContour.toggle() }
            case .suspension:
                stage.cluster.modify(.canaries, Stage.key) { canary in
                    canary[path: "spec", "suspend"] = .bool(canary[path: "spec", "suspend"]?.bool != true)
                }
            case .brokenImage:
                number += 1
                stage.world.withLock { [number] in
                    _ = $0.brokenImages.insert("stefanprodan/podinfo:4.0.\(number)")
                }
                try stage.setImage("4.0.\(number)")
            }
        }

        private func look() async { await stage.round(life) }

        /// What was wrong, but for the traffic that pods of a slip, or of a target scaled by hand, had for a moment.
        var faults: [String] {
            stage.faults.filter { fault in
                !fault.hasPrefix("traffic for a canary") && !fault.hasPrefix("new pods of the target")
            }
        }

        /// Everything well again, until nothing is on its way.
        mutating func calmDown() async throws {
            stage.world.withLock { $0.hasContour = true }
            stage.outside.answers = [:]
            stage.cluster.modify(.canaries, Stage.key) { $0[path: "spec", "suspend"] = false }
            life = stage.life()
            for _ in 0..<150 {
                if case .after(let pause) = await stage.round(life) {
                    stage.clock.advance(by: max(pause, .seconds(30)))
                    if isQuiet { return }
                }
            }
        }

        private var isQuiet: Bool {
            let status = stage.canary["status"]
            let revision = stage.revision(of: stage.target)
            return ["Initialized", "Succeeded", "Failed"].contains(stage.phase)
                && [status?["lastAppliedSpec"], status?["lastPromotedSpec"]].contains(.string(revision))
                && stage.target.annotation(GateAnnotations.gate) == "open"
        }
    }

    @Test(arguments: 0..<24) func neverServesWhatIsNotProven(seed: UInt64) async throws {
        var walk = try await Walk(seed: seed)
        let stage = walk.stage
        let events = Event.allCases + [.round, .round, .laterRound, .laterRound, .laterRound]
        for _ in 0..<60 {
            let event = events[Int.random(in: 0..<events.count, using: &walk.values)]
            try await walk.go(event)
            guard walk.faults.isEmpty else { break }
        }
        #expect(walk.faults.isEmpty, "\(walk.history)")
        try await walk.calmDown()
        #expect(stage.target[path: "spec", "paused"]?.bool != true, "paused in \(stage.phase): \(walk.history)")
        // Once all is done nothing is written any more.
        let quiet = stage.life()
        await stage.round(quiet)
        await stage.round(quiet)
        let calls = quiet.link.calls.count
        for _ in 0..<3 {
            stage.clock.advance(by: .seconds(30))
            await stage.round(quiet)
        }
        let writes = quiet.link.calls.dropFirst(calls).filter { !$0.isRead && !$0.hasPrefix("tell ") }
        #expect(writes.isEmpty, "\(walk.history)")
        #expect(walk.faults.isEmpty, "\(walk.history)")
        stage.world.withLock { $0.faults = [] }
        try await stage.deleteCanary()
        let tag = String(stage.target.template.image.split(separator: ":").last ?? "")
        #expect(stage.leftovers(tag: tag).isEmpty, "\(walk.history)")
    }

    @Test(arguments: 100..<116) func isBroughtBackFromAnywhere(seed: UInt64) async throws {
        var walk = try await Walk(seed: seed)
        let stage = walk.stage
        let length = Int.random(in: 1...40, using: &walk.values)
        for _ in 0..<length {
            let event = Event.allCases[Int.random(in: 0..<Event.allCases.count, using: &walk.values)]
            try await walk.go(event)
        }
        #expect(walk.faults.isEmpty, "\(walk.history)")
        stage.world.withLock { world in
            world.hasContour = true
            world.faults = []
        }
        try await stage.cluster.delete(.canaries, Stage.key)
        for _ in 0..<3 {
            let call = Int.random(in: 1...25, using: &walk.values)
            let broken = stage.life(breaking: Link.Break(call: call, .deathAfter))
            for _ in 0..<3 { await stage.round(broken) }
        }
        try await stage.seeItGone(stage.life())
        let tag = String(stage.target.template.image.split(separator: ":").last ?? "")
        #expect(stage.leftovers(tag: tag).isEmpty, "\(walk.history)")
    }
}
