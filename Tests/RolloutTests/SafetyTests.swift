import FlaggerAPI
import JSON
import Testing

@testable import Rollout

/// What must never be done is seen, whatever asks for it.
@Suite(.timeLimit(.minutes(1))) struct SafetyTests {
    private static func fault(_ scene: Scene, _ action: Action) throws -> String? {
        Safety.fault(in: Step(actions: [action]), try scene.observation())
    }

    @Test(
        arguments: [(20, nil), (0, nil), (21, "21 percent for a revision at its step of 20"), (100, "of 20")]
            as [(Int, String?)]
    )
    func holdsACanaryToItsStep(share: Int, fault: String?) throws {
        let scene = Scene.run(weight: 20)
        for action in [Action.setTraffic(Traffic(canary: share)), .shapeRoute(Traffic(canary: share))] {
            let found = try Self.fault(scene, action)
            #expect(fault.map { found?.contains($0) == true } ?? (found == nil), "\(action): \(found ?? "nothing")")
        }
    }

    /// What is written down in the same step counts.
    @Test func takesTheStepThatIsWrittenDown() throws {
        let observation = try Scene.run(weight: 20).observation()
        var step = Step(record: observation.canary.status, actions: [.setTraffic(Traffic(canary: 40))])
        #expect(Safety.fault(in: step, observation) != nil)
        step.record?.canaryWeight = 40
        #expect(Safety.fault(in: step, observation) == nil)
        step.record?.canaryWeight = 60
        #expect(Safety.fault(in: step, observation) == nil)
    }

    @Test func givesNothingBeyondTheGreatestWeight() throws {
        var scene = Scene.run(weight: 80)
        scene.analysis["maxWeight"] = 50
        #expect(
            try Self.fault(scene, .setTraffic(Traffic(canary: 80))) == "80 percent for a revision at its step of 50"
        )
    }

    @Test func givesATestItsRequestsAfterItHasBegun() throws {
        var scene = Scene.run(weight: 0)
        scene.analysis = ["interval": "30s", "threshold": 2, "iterations": 3]
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 100))) != nil)
        scene.status.canaryWeight = 100
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 100))) == nil)
        scene.status.canaryWeight = 0
        scene.analysis["match"] = [["headers": ["x-canary": ["exact": "insider"]]]]
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 100))) != nil)
        scene.status.iterations = 1
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 100))) == nil)
    }

    @Test(arguments: [Traffic(canary: -1), Traffic(canary: 101), Traffic(canary: 0, mirror: 101)])
    func knowsSharesOfAHundredAlone(traffic: Traffic) throws {
        #expect(try Self.fault(Scene.run(weight: 100), .setTraffic(traffic))?.hasPrefix("a share of") == true)
    }

    @Test func givesNoTrafficToARevisionThatNobodyLetIn() throws {
        var scene = Scene.run(weight: 20)
        scene.target?.revision = Scene.newer
        #expect(
            try Self.fault(scene, .setTraffic(Traffic(canary: 20))) == "traffic for another revision than bbbbbbbbbb"
        )
        #expect(try Self.fault(scene, .setTraffic(.home)) == nil)
    }

    @Test(arguments: [CanaryPhase.initialized, .succeeded, .failed, .finalising, .waiting])
    func givesNoTrafficOutsideARun(phase: CanaryPhase) throws {
        var scene = Scene.run(weight: 0, phase: phase)
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 1))) == "traffic for the canary in \(phase.rawValue)")
        var status = scene.status
        status.canaryWeight = 1
        #expect(Safety.fault(in: Step(record: status), try scene.observation())?.hasPrefix("a share of the") == true)
    }

    @Test(arguments: [
        (CanaryPhase.progressing, Scene.old, true), (.progressing, Scene.new, false),
        (.waitingPromotion, Scene.new, false), (.promoting, Scene.new, true), (.promoting, Scene.old, true),
        (.promoting, Scene.newer, false), (.finalising, Scene.newer, false), (.succeeded, Scene.new, false),
    ])
    func givesThePrimaryWhatIsProvenAlone(phase: CanaryPhase, revision: String, isFine: Bool) throws {
        var scene = Scene.run(weight: 0, phase: phase)
        for action in [Action.copyTemplate(revision: revision), .restorePrimary(revision: revision)] {
            #expect(try (Self.fault(scene, action) == nil) == isFine, "\(action)")
        }
        scene.target?.revision = revision
        #expect(try (Self.fault(scene, .createPrimary) == nil) == isFine)
    }

    @Test func keepsItsHandsOffWhatIsSuspended() throws {
        var scene = Scene.run(weight: 20)
        scene.flags["suspend"] = true
        #expect(try Self.fault(scene, .setTraffic(Traffic(canary: 20))) == "it is suspended")
        #expect(try Self.fault(scene, .scaleTargetToZero) == "it is suspended")
        for action in [Action.setTraffic(.home), .closeGate(revision: Scene.newer, change: "image"), .markManaged] {
            #expect(try Self.fault(scene, action) == nil, "\(action)")
        }
    }
}
