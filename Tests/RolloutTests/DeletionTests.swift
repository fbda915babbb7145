import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

/// The decisions on a Canary that is being deleted.
@Suite(.timeLimit(.minutes(1))) struct DeletionTests {
    /// A Canary in `phase` that is being deleted, with a target that was brought back and is ready.
    private static func observation(_ phase: CanaryPhase = .terminating, _ state: HandOverState) throws -> Observation {
        var scene = Scene(phase)
        scene.target = Scene.ready("podinfo", Scene.old)
        var observation = try scene.observation()
        var object = observation.canary.object
        object[path: "metadata", "deletionTimestamp"] = "2026-11-25T04:00:00Z"
        observation = Observation(
            canary: try Canary(object),
            now: observation.now,
            target: observation.target,
            primary: observation.primary,
            autoscaler: nil,
            services: observation.services,
            route: observation.route
        )
        observation.gate.handOver = state
        return observation
    }

    private static func step(_ observation: Observation) throws -> Step {
        guard case .act(let step) = Rollout.decide(observation) else { throw Asked() }
        return step
    }

    private struct Asked: Error {}

    /// Every combination of what may be seen.
    private static let states: [HandOverState] = (0..<64).map { bits in
        var state = HandOverState()
        state.isAwaited = bits & 1 != 0
        state.isProven = bits & 2 != 0
        state.isKnown = bits & 4 != 0
        state.isRestored = bits & 8 != 0
        state.isHandedOver = bits & 16 != 0
        state.verdict = bits & 32 != 0 ? .pending : .valid
        return state
    }

    @Test(arguments: CanaryPhase.allCases) func letsGoOfNothingThatIsNotHandedOver(phase: CanaryPhase) throws {
        for state in Self.states {
            let step = try Self.step(try Self.observation(phase, state))
            #expect(!step.actions.contains(.removeFinalizer) || phase == .terminated, "\(state)")
            #expect(state.isAwaited || step.actions.isEmpty, "\(state)")
            if step.actions.contains(.handOver) {
                #expect(state.isProven && state.isRestored && phase == .terminating, "\(state)")
            }
            #expect(step.record?.phase != .terminated || state.isHandedOver && state.isRestored && state.isProven)
        }
    }

    @Test func letsGoWhenThePrimaryHasHadItsTime() throws {
        var state = HandOverState()
        state.isAwaited = true
        var observation = try Self.observation(.terminated, state)
        var status = observation.canary.status
        status.lastTransitionTime = observation.now
        var object = observation.canary.object
        object["status"] = status.json
        observation.canary = try Canary(object)
        #expect(try Self.step(observation).next == .after(.seconds(8)))
        observation.now = observation.now + .seconds(8)
        #expect(try Self.step(observation).actions == [.removeFinalizer])
    }

    @Test func letsGoAtOnceWhereTheGlassIsBrokenOrTheNamespaceGoes() throws {
        var state = HandOverState()
        state.isAwaited = true
        state.isNamespaceGoing = true
        #expect(try Self.step(try Self.observation(.progressing, state)).actions == [.removeFinalizer])
        state.isNamespaceGoing = false
        state.breakGlass = "incident 7"
        let step = try Self.step(try Self.observation(.progressing, state))
        #expect(step.actions == [.removeFinalizer])
        #expect(step.messages == ["Letting go of podinfo.test without a hand-over, break-glass: incident 7"])
    }

    @Test(arguments: [CanaryPhase.promoting, .finalising])
    func takesWhatHasPassedForProven(phase: CanaryPhase) throws {
        var state = HandOverState()
        state.isAwaited = true
        var observation = try Self.observation(phase, state)
        var status = observation.canary.status
        status.lastAppliedSpec = Scene.new
        var object = observation.canary.object
        object["status"] = status.json
        observation.canary = try Canary(object)
        observation.target?.revision = Scene.new
        let step = try Self.step(observation)
        #expect(step.record?.phase == .terminating)
        #expect(step.record?.lastPromotedSpec == Scene.new)
    }
}
