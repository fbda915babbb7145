import FlaggerAPI
import Platform
import Rollout
import Testing

@Suite struct InitialisationTests {
    private static let serving = Scene.ready("podinfo", Scene.old)

    private static func scene(_ change: (inout Scene) -> Void) -> Scene {
        var scene = Scene(.initializing)
        scene.status.lastAppliedSpec = ""
        scene.status.lastPromotedSpec = ""
        scene.target = serving
        change(&scene)
        return scene
    }

    @Test func isStalledWhereThePrimaryWillNotComeUp() throws {
        var scene = Scene(.initializing)
        scene.primary?.status = .init(replicas: 2, updated: 2, available: 0, isPastDeadline: true)
        let step = try scene.step()
        #expect(step.events.map(\.reason) == [.blocked])
        #expect(
            step.messages == [
                "podinfo-primary.test not ready: deployment \"podinfo-primary\" exceeded its progress deadline"
            ]
        )
    }

    @Test func beginsWithThePhase() throws {
        var scene = Scene(.new)
        scene.status = CanaryStatus()
        let step = try scene.step()
        #expect(step.recorded == "Initializing 0")
        #expect(step.record?.promoted?.status == "Unknown")
        #expect(step.actions.isEmpty)
    }

    static let steps: [(@Sendable (inout Scene) -> Void, [Action])] = [
        (
            {
                $0.primary = nil
                $0.route = .missing
            }, [Action.createPrimary]
        ),
        (
            {
                $0.primary?.status.available = 1
                $0.route = .missing
            }, []
        ),
        (
            {
                $0.primary?.status.available = 0
                $0.primary?.revision = Scene.new
            }, [.copyTemplate(revision: Scene.old)]
        ),
        ({ $0.autoscaler = AutoscalerState(hasSource: true, copy: .missing) }, [.applyAutoscaler]),
        ({ $0.autoscaler = AutoscalerState(hasSource: false, copy: .missing) }, []),
        (
            {
                $0.services[.primary] = .missing
                $0.services[.canary] = .missing
            }, [.applyService(.primary)]
        ),
        (
            {
                $0.services[.canary] = .missing
                $0.services[.apex] = .missing
            }, [.applyService(.canary)]
        ),
        (
            {
                $0.services[.apex] = .missing
                $0.route = .missing
            }, [.applyService(.apex)]
        ),
        (
            {
                $0.services[.apex] = .differs
                $0.route = .missing
            }, [.createRoute(.home)]
        ),
        (
            {
                $0.services[.apex] = .differs
                $0.route = .present(RouteReading(.home), .pending)
            }, []
        ),
        ({ $0.route = .present(RouteReading(.home), .invalid("no")) }, []),
        ({ $0.route = .present(RouteReading(nil), .valid) }, [.setTraffic(.home)]),
        ({ $0.services[.apex] = .differs }, [.applyService(.apex)]),
        ({ $0.route = .present(RouteReading(.home), .orphaned("x")) }, [.scaleTargetToZero]),
        ({ _ in }, [.scaleTargetToZero]),
    ]

    @Test(arguments: steps)
    func takesPodsBeforeTrafficAndTheTargetLast(change: @Sendable (inout Scene) -> Void, actions: [Action]) throws {
        let step = try Self.scene(change).step()
        #expect(step.actions == actions)
        #expect(step.record == nil)
    }

    @Test func endsWithTheRevisionThatThePrimaryHolds() throws {
        let scene = Self.scene {
            $0.target?.replicas = 0
            $0.target?.revision = Scene.new
        }
        let step = try scene.step()
        #expect(step.recorded == "Initialized 0")
        #expect(step.record?.lastPromotedSpec == Scene.old)
        #expect(step.record?.lastAppliedSpec == Scene.old)
        #expect(step.record?.promoted?.status == "True")
        #expect(step.messages == ["Initialization done! podinfo.test"])
    }

    @Test func saysWhenNobodyIncludesTheRoute() throws {
        let scene = Self.scene {
            $0.target?.replicas = 0
            $0.route = .present(RouteReading(.home), .orphaned("Orphaned: not part of a tree"))
        }
        #expect(
            try scene.step().messages == [
                "Initialization done! podinfo.test; no HTTPProxy includes podinfo yet, so no traffic comes by it "
                    + "(Orphaned: not part of a tree)"
            ]
        )
    }

    static let obstacles: [(@Sendable (inout Scene) -> Void, String)] = [
        ({ $0.target = nil }, "deployment podinfo.test get query error: not found"),
        (
            { $0.primary?.status.available = 1 },
            "podinfo-primary.test not ready: waiting for rollout to finish: 1 of 2 (readyThreshold 100%) updated replicas "
                + "are available"
        ),
        (
            { $0.route = .present(RouteReading(.home), .invalid("bad prefix")) },
            "HTTPProxy podinfo.test is invalid: bad prefix"
        ),
        (
            { $0.route = .foreign("owned by HelmRelease web") },
            "HTTPProxy podinfo.test is owned by HelmRelease web, not this Canary's, and is left alone"
        ),
        (
            { $0.primaryOwner = "owned by nobody" },
            "deployment podinfo-primary.test is owned by nobody, not this Canary's, and is left alone"
        ),
        (
            { $0.services[.canary] = .foreign("owned by nobody") },
            "Service podinfo-canary.test is owned by nobody, not this Canary's, and is left alone"
        ),
    ]

    @Test(arguments: obstacles)
    func stopsAndSaysWhy(change: @Sendable (inout Scene) -> Void, message: String) throws {
        let step = try Self.scene(change).step()
        #expect(step.messages == [message])
        #expect(step.actions.isEmpty)
        #expect(step.record == nil)
        #expect(!step.events.contains { !$0.isWarning })
    }
}
