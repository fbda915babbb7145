import FlaggerAPI
import Rollout
import Testing

/// A route on which somebody has broken the glass.
@Suite(.timeLimit(.minutes(1))) struct BrokenGlassTests {
    private static func broken(_ scene: Scene) -> Scene {
        var scene = scene
        scene.gate.breakGlass = [BreakGlassUse(object: "httpproxy/podinfo", reason: "incident 7", by: "ada", at: nil)]
        scene.status.breakGlass = scene.gate.breakGlass ?? []
        return scene
    }

    @Test(arguments: [
        Scene(.succeeded), Scene(.failed), Scene.run(weight: 20), Scene.run(weight: 40, phase: .promoting),
    ])
    func leavesTheTrafficToWhoeverMovesItByHand(_ scene: Scene) throws {
        var scene = scene
        scene.route = .present(RouteReading(Traffic(canary: 33)), .valid)
        #expect(try !scene.step().actions.isEmpty)
        let step = try Self.broken(scene).step()
        #expect(step.actions.isEmpty && step.record == nil)
        #expect(
            step.messages == [
                "HTTPProxy podinfo.test is left alone while the glass on it is broken (incident 7); "
                    + "nothing goes on until canarygate.dev/break-glass is taken off it"
            ]
        )
    }

    @Test func leavesTheTrafficAlsoWhereSomethingIsInTheWay() throws {
        var scene = Scene.run(weight: 20)
        scene.disruptionBudget = .foreign("it is the team's")
        #expect(try scene.step().actions == [.setTraffic(.home)])
        let step = try Self.broken(scene).step()
        #expect(step.actions.isEmpty)
        #expect(step.messages == ["it is the team's, not this Canary's, and is left alone"])
    }

    @Test func startsNoRunWhileTheTrafficIsMovedByHand() throws {
        var scene = Self.broken(Scene(.succeeded))
        scene.target?.revision = Scene.new
        let step = try scene.step()
        #expect(step.actions.isEmpty && step.record == nil)
    }
}
