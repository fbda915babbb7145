import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

/// When the gate closes before what came past it.
@Suite(.timeLimit(.minutes(1))) struct LateGateTests {
    private static func slipped(_ kind: String, _ road: GateSlip.Road) -> Scene {
        var scene = Scene.run(weight: 40)
        scene.kind = kind
        scene.target?.revision = Scene.newer
        scene.gate.slip = GateSlip(road: road, change: "key color", requestedBy: "", since: nil)
        return scene
    }

    private static let closing: [Action] = [.closeGate(revision: Scene.newer, change: "key color")]

    /// Its pods go with the gate, and Envoy may still send requests to them.
    @Test(arguments: [GateSlip.Road.configs, .template])
    func leavesADaemonSetItsPodsUntilNobodyIsSentToThem(road: GateSlip.Road) throws {
        var scene = Self.slipped("DaemonSet", road)
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .pending)
        let wait = try scene.step()
        #expect(wait.actions.isEmpty)
        #expect(
            wait.messages == [
                "HTTPProxy podinfo.test not ready: waiting for Contour to route all traffic to primary"
            ]
        )
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == Self.closing)
    }

    /// It keeps its pods, and makes no more of them.
    @Test func closesTheGateOfADeploymentAtOnce() throws {
        var scene = Self.slipped("Deployment", .template)
        scene.route = .present(RouteReading(.home), .pending)
        #expect(try scene.step().actions == Self.closing)
    }

    @Test func closesTheGateOfADaemonSetWhoseRouteNobodyCanRead() throws {
        var scene = Self.slipped("DaemonSet", .template)
        scene.route = .unreadable("has no route to both podinfo-primary and podinfo-canary")
        #expect(try scene.step().actions == Self.closing)
    }
}
