import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

/// Times that another process wrote by another clock.
@Suite(.timeLimit(.minutes(1))) struct ClockTests {
    @Test func checksAnIntervalAfterAClockThatWasAheadIsFound() throws {
        var scene = Scene.run(weight: 20)
        let ahead = Scene.now + .seconds(3_600)
        scene.status.lastCheckTime = ahead
        scene.status.lastStepTime = ahead
        scene.status.lastTransitionTime = ahead
        let step = try scene.step()
        #expect(step.recorded == "Progressing 20")
        #expect(step.actions.isEmpty)
        #expect(step.events.map(\.reason) == [.drift])
        let status = try #require(step.record)
        #expect(
            [status.lastCheckTime, status.lastStepTime, status.lastTransitionTime] == [Scene.now, Scene.now, Scene.now]
        )
        scene.status = status
        #expect(try scene.step() == Step(next: .after(.seconds(30))))
        #expect(try scene.step(at: Scene.now + .seconds(30)).recorded == "Progressing 40")
    }

    @Test func endsAPauseThatBeganAheadOfTheClock() throws {
        var scene = Scene.run(weight: 20)
        scene.analysis["pauses"] = [["atWeight": 20, "for": "5m"]]
        scene.status.lastStepTime = Scene.now + .seconds(3_600)
        scene.status = try #require(scene.step().record)
        #expect(try scene.step(at: Scene.now + .seconds(300)).recorded == "Progressing 40")
    }

    @Test(arguments: [CanaryPhase.initialized, .succeeded, .failed])
    func leavesTheTimesOfACanaryAtRest(phase: CanaryPhase) throws {
        var scene = Scene(phase)
        scene.status.lastTransitionTime = Scene.now + .seconds(3_600)
        #expect(try scene.step().record == nil)
    }
}
