import FlaggerAPI
import JSON
import Rollout
import Testing

/// Objects on which somebody has broken the glass.
@Suite(.timeLimit(.minutes(1))) struct BrokenGlassTests {
    private static func broken(_ object: String, _ scene: Scene) -> Scene {
        var scene = scene
        scene.gate.breakGlass = [BreakGlassUse(object: object, reason: "incident 7", by: "ada", at: nil)]
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
        let step = try Self.broken("httpproxy/podinfo", scene).step()
        #expect(step.actions.isEmpty && step.record == nil)
        #expect(
            step.messages == [
                "HTTPProxy podinfo.test is left alone while the glass on it is broken (incident 7); "
                    + "nothing goes on until canarygate.dev/break-glass is taken off it"
            ]
        )
    }

    @Test func startsNoRunWhileTheTrafficIsMovedByHand() throws {
        var scene = Self.broken("httpproxy/podinfo", Scene(.succeeded))
        scene.target?.revision = Scene.new
        let step = try scene.step()
        #expect(step.actions.isEmpty && step.record == nil)
    }

    @Test func leavesTheOthersAsTheyAre() throws {
        var scene = Scene(.succeeded)
        scene.services[.canary] = .differs
        #expect(try scene.step().actions == [.applyService(.canary)])
        #expect(try Self.broken("service/podinfo-canary", scene).step().actions.isEmpty)
        #expect(try Self.broken("service/podinfo-primary", scene).step().actions == [.applyService(.canary)])
        scene = Scene(.succeeded)
        scene.disruptionBudget = .differs
        #expect(try scene.step().actions == [.applyDisruptionBudget])
        #expect(try Self.broken("poddisruptionbudget/web-primary", scene).step().actions.isEmpty)
        scene = Scene(.succeeded)
        scene.flags["autoscalerRef"] = [
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "web",
        ]
        scene.autoscaler = AutoscalerState(hasSource: true, copy: .differs)
        let step = try scene.step()
        #expect(step.actions == [.applyAutoscaler])
        #expect(
            step.messages == ["HorizontalPodAutoscaler web-primary.test was missing or changed and is set right"]
        )
        #expect(try Self.broken("horizontalpodautoscaler/web-primary", scene).step().actions.isEmpty)
    }
}
