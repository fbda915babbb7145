import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite(.timeLimit(.minutes(1))) struct StrategyTests {
    /// A run of `analysis` at the place that the status says; its last check an interval ago.
    private static func run(_ analysis: JSONValue, _ change: (inout Scene) -> Void = { _ in }) -> Scene {
        var scene = Scene.run(weight: 0)
        for name in ["stepWeight", "maxWeight"] { scene.analysis[name] = nil }
        for member in analysis.object ?? JSONObject() { scene.analysis[member.key] = member.value }
        change(&scene)
        return scene
    }

    /// Runs on until the promotion begins; what each step recorded and did.
    private static func walk(_ start: Scene) throws -> [String] {
        var scene = start
        var lines: [String] = []
        var time = Scene.now
        for _ in 0..<60 {
            let step = try scene.step(at: time)
            if let record = step.record {
                scene.status = record
                let place =
                    "\(record.phase.rawValue) \(record.canaryWeight) \(record.mirrorWeight) \(record.iterations)"
                lines.append("\(place) | \(step.messages.last ?? "")")
            }
            for action in step.actions {
                switch action {
                case .setTraffic(let traffic), .shapeRoute(let traffic):
                    scene.route = .present(RouteReading(traffic), .valid)
                    lines.append("  \(action.words)")
                default: lines.append("  \(action.words)")
                }
            }
            if scene.status.phase == .promoting { return lines }
            time = time + .seconds(30)
        }
        throw Scene.Endless()
    }

    private static let match: JSONValue = [["headers": ["x-canary": ["exact": "insider"]]]]

    @Test func makesAnABTest() throws {
        let lines = try Self.walk(Self.run(["iterations": 2, "match": Self.match]))
        #expect(
            lines == [
                "Progressing 0 0 1 | Advance podinfo.test canary iteration 1/2", "  set the traffic: canary 100",
                "Progressing 0 0 2 | Advance podinfo.test canary iteration 2/2",
                "Promoting 0 0 2 | Copying podinfo.test template spec to podinfo-primary.test",
            ]
        )
    }

    @Test func makesABlueGreenTestAndAsksForThePromotionOnce() throws {
        let scene = Self.run(["iterations": 2])
        #expect(
            try Self.walk(scene) == [
                "Progressing 0 0 1 | Advance podinfo.test canary iteration 1/2",
                "Progressing 0 0 2 | Advance podinfo.test canary iteration 2/2",
                "Progressing 100 0 2 | Routing all traffic to canary", "  set the traffic: canary 100",
                "Promoting 100 0 2 | Copying podinfo.test template spec to podinfo-primary.test",
            ]
        )
        var switched = Self.run(["iterations": 2]) { scene in
            scene.status.iterations = 2
            scene.status.canaryWeight = 100
            scene.route = .present(RouteReading(Traffic(canary: 100)), .valid)
        }
        switched.answers["sign-off"] = .refused("closed again")
        var asked: [String] = []
        #expect(try switched.step(asked: &asked).recorded == "Promoting 100")
        #expect(!asked.contains("sign-off"))
    }

    @Test func measuresUnderAllOfTheTrafficBeforeThePromotion() throws {
        var scene = Self.run(["iterations": 2]) { scene in
            scene.status.iterations = 2
            scene.status.canaryWeight = 100
            scene.status.failedChecks = 1
            scene.route = .present(RouteReading(Traffic(canary: 100)), .valid)
        }
        scene.answers["request-success-rate"] = .value(10)
        let step = try scene.step()
        #expect(step.record?.isRollingBack == true)
        scene.status = try #require(step.record)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func mirrorsBeforeTheFirstWeight() throws {
        let lines = try Self.walk(Self.run(["stepWeight": 50, "maxWeight": 50, "mirror": true, "mirrorWeight": 25]))
        #expect(
            lines == [
                "Progressing 0 25 0 | Advance podinfo.test mirrored traffic 25",
                "  shape the route: canary 0, mirrored 25",
                "Progressing 50 0 0 | Advance podinfo.test canary weight 50",
                "  shape the route: canary 50",
                "Promoting 50 0 0 | Copying podinfo.test template spec to podinfo-primary.test",
            ]
        )
    }

    @Test func mirrorsForTheWholeOfABlueGreenTest() throws {
        let lines = try Self.walk(Self.run(["iterations": 1, "mirror": true]))
        #expect(
            lines == [
                "Progressing 0 100 1 | Advance podinfo.test canary iteration 1/1",
                "  shape the route: canary 0, mirrored 100",
                "Progressing 100 0 1 | Stop traffic mirroring and route all traffic to canary",
                "  shape the route: canary 100",
                "Promoting 100 0 1 | Copying podinfo.test template spec to podinfo-primary.test",
            ]
        )
    }

    @Test func keepsCallersWithTheirRevision() throws {
        let affinity: JSONValue = ["cookieName": "run", "primaryCookieName": "home"]
        let lines = try Self.walk(Self.run(["stepWeights": [10, 40], "sessionAffinity": affinity]))
        #expect(
            lines == [
                "Progressing 10 0 0 | Advance podinfo.test canary weight 10",
                "  shape the route: canary 10, cookie bbbbbbbbbb and aaaaaaaaaa",
                "Progressing 40 0 0 | Advance podinfo.test canary weight 40",
                "  set the traffic: canary 40, cookie bbbbbbbbbb and aaaaaaaaaa",
                "Promoting 40 0 0 | Copying podinfo.test template spec to podinfo-primary.test",
            ]
        )
    }

    @Test func keepsNobodyWithAPrimaryThatHasNoPod() throws {
        var scene = Scene.run(weight: 40, phase: .promoting)
        scene.analysis["sessionAffinity"] = ["cookieName": "run", "primaryCookieName": "home"]
        scene.primary?.revision = Scene.new
        scene.primary?.status.available = 0
        let relieved = Traffic(canary: 100, session: SessionCookies(canary: Scene.new))
        #expect(try scene.step().actions == [.shapeRoute(relieved)])
        scene.route = .present(RouteReading(relieved), .valid)
        scene.primary?.status.available = 1
        #expect(try scene.step().actions.isEmpty)
        scene.primary?.status.available = 2
        let kept = SessionCookies(canary: Scene.new, primary: Scene.old)
        #expect(try scene.step().actions == [.shapeRoute(Traffic(canary: 40, session: kept))])
    }

    @Test func makesTenIterationsOnPlainServicesWhateverElseIsAsked() throws {
        var scene = Self.run(["stepWeight": 5, "mirror": true, "match": Self.match])
        scene.flags = ["provider": "kubernetes"]
        let lines = try Self.walk(scene)
        #expect(lines.count == 13)
        #expect(lines.suffix(3).first == "Progressing 100 0 10 | Routing all traffic to canary")
        #expect(lines.filter { $0.hasPrefix("  ") } == ["  set the traffic: canary 100"])
    }

    @Test(arguments: [(50, "Promoting 30"), (30, "Promoting 10"), (10, "Finalising 0"), (5, "Finalising 0")])
    func returnsTheTrafficByAList(from: Int, recorded: String) throws {
        var scene = Scene.run(weight: from, phase: .promoting)
        scene.analysis["stepWeightsPromotion"] = [70, 90]
        scene.primary?.revision = Scene.new
        #expect(try scene.step().recorded == recorded)
    }

    @Test func asksForMoreTrafficOnlyWhenThereWouldBeMore() throws {
        var scene = Self.run(["iterations": 2]) { $0.status.iterations = 1 }
        scene.analysis["webhooks"] = [["name": "more", "type": "confirm-traffic-increase", "url": "http://t/more"]]
        scene.answers["more"] = .refused("no")
        #expect(try scene.step().record?.iterations == 2)
        scene.status.iterations = 2
        let step = try scene.step()
        #expect(step.recorded == "Progressing 0")
        #expect(step.messages == ["Halt podinfo.test advancement waiting for traffic increase approval more"])
        // It is told once, however long somebody thinks about it.
        scene.status = try #require(step.record)
        #expect(try scene.step(at: Scene.now + .seconds(30)).messages == [])
    }

    static let others: [JSONValue] = [
        ["stepWeight": 20, "maxWeight": 50], ["iterations": 10], ["iterations": 10, "match": match],
    ]

    @Test(arguments: [CanaryAnalysis.Strategy.Kind.weights, .blueGreen, .matches], others)
    func beginsAStrategyThatIsChangedInTheRunAtItsFirstStep(
        counted: CanaryAnalysis.Strategy.Kind,
        analysis: JSONValue
    ) throws {
        var scene = Self.run(analysis)
        let isTheSame = try scene.observation().canary.analysis.strategy.kind == counted
        guard !isTheSame else { return }
        scene.status.strategy = counted
        scene.status.canaryWeight = 100
        scene.status.iterations = 9
        scene.status.failedChecks = 1
        scene.route = .present(RouteReading(Traffic(canary: 100)), .valid)
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        let step = try scene.step()
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.iterations == 0)
        #expect(step.record?.failedChecks == 0)
        #expect(step.record?.lastAppliedSpec == Scene.new)
        #expect(step.messages == ["Another strategy detected! Restarting analysis for podinfo.test"])
        scene.status = try #require(step.record)
        let next = try scene.step()
        #expect(next.record?.iterations ?? 0 <= 1)
        #expect(next.record?.canaryWeight ?? 0 <= 20)
    }

    @Test func writesDownWhatARunCountsIn() throws {
        var scene = Self.run(["iterations": 2])
        scene.analysis["webhooks"] = []
        scene.target?.revision = Scene.newer
        let record = try #require(scene.step().record)
        #expect(record.strategy == .blueGreen)
        #expect(record.json["strategy"] == "BlueGreen")
    }

    @Test func takesTrafficAwayWhenAnEditAllowsLess() throws {
        var scene = Scene.run(weight: 40)
        scene.analysis["maxWeight"] = 20
        let step = try scene.step()
        #expect(step.actions == [.setTraffic(Traffic(canary: 20))])
        #expect(step.record?.canaryWeight == 40)
    }

    @Test func waitsInAPauseUntilItsTimeIsOver() throws {
        var scene = Scene.run(weight: 20)
        scene.analysis["pauses"] = [["atWeight": 20, "for": "5m"]]
        scene.status.lastStepTime = Scene.now + .seconds(-30)
        let first = try scene.step()
        #expect(first.recorded == "Progressing 20")
        #expect(
            first.messages.last
                == "Pausing podinfo.test at weight 20 until \((Scene.now + .seconds(270)).rfc3339); to go on: kubectl -n test "
                + "annotate --overwrite canary podinfo canarygate.dev/resume=bbbbbbbbbb:20"
        )
        scene.status = try #require(first.record)
        let second = try scene.step(at: Scene.now + .seconds(30))
        #expect(second.recorded == "Progressing 20")
        #expect(second.events.map(\.reason) == [.hookPassed])
        #expect(try scene.step(at: Scene.now + .seconds(270)).recorded == "Progressing 40")
        // It goes on checking meanwhile.
        scene.answers["request-success-rate"] = .value(1)
        #expect(try scene.step(at: Scene.now + .seconds(30)).record?.failedChecks == 1)
    }

    @Test(arguments: [("bbbbbbbbbb:20", true), ("bbbbbbbbbb:40", false), ("aaaaaaaaaa:20", false), ("20", false)])
    func goesOnAtOnceWhenItIsToldTo(annotation: String, goesOn: Bool) throws {
        var scene = Scene.run(weight: 20)
        scene.analysis["pauses"] = [["atWeight": 20]]
        scene.status = try #require(scene.step().record)
        #expect(scene.status.canaryWeight == 20)
        scene.resume = annotation
        let step = try scene.step(at: Scene.now + .seconds(1))
        #expect(step.record?.canaryWeight == (goesOn ? 40 : nil))
    }

    @Test func letsAndStopsTheAutoscalerWithTheTargetsPods() throws {
        var scene = Scene.run(weight: 0)
        scene.autoscaler = AutoscalerState(hasSource: true, copy: .current, isPaused: true)
        scene.target?.replicas = 0
        #expect(
            try scene.step().actions == [.admitTarget(revision: Scene.new, replicas: nil), .pauseAutoscaler(false)]
        )
        scene.target?.replicas = 2
        #expect(try scene.step().actions == [.pauseAutoscaler(false)])
        scene.autoscaler?.isPaused = false
        scene.status.phase = .finalising
        scene.primary?.revision = Scene.new
        #expect(try scene.step().actions == [.pauseAutoscaler(true), .scaleTargetToZero])
    }

    /// Nobody is there who could be told, and trying to would keep all else from being done.
    @Test func leavesAnAutoscalerThatIsGone() throws {
        let gone = AutoscalerState(hasSource: false, copy: .current, isPaused: false)
        var resting = Scene(.succeeded)
        resting.autoscaler = gone
        #expect(try resting.step() == Step(next: .after(.seconds(30))))
        var ending = Scene.run(weight: 0, phase: .finalising)
        ending.autoscaler = gone
        ending.primary?.revision = Scene.new
        #expect(try ending.step().actions == [.scaleTargetToZero])
        var withdrawn = Scene.run(weight: 0)
        withdrawn.autoscaler = gone
        withdrawn.target?.revision = Scene.old
        #expect(try withdrawn.step().actions == [.admitTarget(revision: Scene.old, replicas: 0)])
        var failing = Scene.run(weight: 0)
        failing.autoscaler = gone
        failing.target?.status.available = 0
        failing.target?.status.isPastDeadline = true
        failing.status = try #require(failing.step().record)
        #expect(failing.status.isRollingBack)
        #expect(try failing.step().actions == [.scaleTargetToZero])
        failing.target?.replicas = 0
        #expect(try failing.step().recorded == "Failed 0")
    }

    @Test func saysWhatKeepsPodsFromStartingAndGivesUpAfterAThirdOfTheDeadline() throws {
        var scene = Scene.run(weight: 0)
        scene.status.lastStepTime = Scene.now
        scene.target?.status.available = 0
        scene.target?.trouble = "podinfod: ImagePullBackOff"
        let early = try scene.step(at: Scene.now + .seconds(200))
        #expect(early.record == nil)
        #expect(early.messages.first?.hasSuffix(": podinfod: ImagePullBackOff") == true)
        let late = try scene.step(at: Scene.now + .seconds(201))
        #expect(late.record?.isRollingBack == true)
    }
}
