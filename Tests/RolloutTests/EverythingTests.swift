import FlaggerAPI
import JSON
import Platform
import Rollout
import TestSupport
import Testing

/// Every phase, every change of what is observed: there is a decision, it breaks nothing, and a way out leads to rest.
@Suite(.timeLimit(.minutes(1))) struct EverythingTests {
    typealias Change = @Sendable (inout World) -> Void

    static let changes: [(name: String, change: Change)] = [
        ("nothing", { _ in }),
        ("a newer revision", { $0.setTarget(Scene.newer) }),
        ("the promoted revision again", { $0.setTarget(Scene.old) }),
        ("a revision that came past the gate", { $0.slip(.template) }),
        ("a gate that somebody opened", { $0.slip(.stamp) }),
        ("no target", { $0.scene.target = nil }),
        ("no primary", { $0.scene.primary = nil }),
        ("the target's gate is closed", { $0.scene.target?.isAdmitted = false }),
        ("the target has no pods", { $0.scene.target?.replicas = 0 }),
        ("the target's pods are gone", { $0.scene.target?.status.available = 0 }),
        ("the target is past its deadline", { $0.scene.target?.status.isPastDeadline = true }),
        ("the target cannot start", { $0.scene.target?.trouble = "ErrImagePull" }),
        ("the target's controller is behind", { $0.scene.target?.status.isObserved = false }),
        ("the primary's pods are gone", { $0.scene.primary?.status.available = 0 }),
        ("the primary is past its deadline", { $0.scene.primary?.status.isPastDeadline = true }),
        ("the primary never comes up", { $0.broken = [Scene.new] }),
        ("the primary has fewer pods", { $0.scene.primary?.replicas = 1 }),
        ("the primary is somebody else's", { $0.scene.primaryOwner = "Canary other's" }),
        ("the primary's template differs", { $0.scene.templateDifferences = ["spec.hostNetwork"] }),
        ("no route", { $0.scene.route = .missing }),
        ("a foreign route", { $0.scene.route = .foreign("team's") }),
        ("an unreadable route", { $0.scene.route = .unreadable("has no route") }),
        ("a route of unlike parts", { $0.scene.route = .present(RouteReading(nil), .valid) }),
        ("a route without its shape", { $0.scene.route = .present(RouteReading(.home, isShaped: false), .valid) }),
        ("all traffic to the canary", { $0.scene.route = .present(RouteReading(Traffic(canary: 100)), .valid) }),
        ("all traffic home", { $0.scene.route = .present(RouteReading(.home), .valid) }),
        ("an invalid route", { $0.spoilRoute(.invalid("no")) }),
        ("an orphaned route", { $0.spoilRoute(.orphaned("nobody")) }),
        ("a route without a word on it", { $0.spoilRoute(.pending) }),
        ("no apex Service", { $0.scene.services[.apex] = .missing }),
        ("a canary Service that differs", { $0.scene.services[.canary] = .differs }),
        ("a foreign Service", { $0.scene.services[.primary] = .foreign("team's") }),
        ("no configs", { $0.scene.configs = .missing }),
        ("configs that differ", { $0.scene.configs = .differs }),
        ("foreign configs", { $0.scene.configs = .foreign("team's") }),
        ("no budget", { $0.scene.disruptionBudget = .missing }),
        ("a foreign budget", { $0.scene.disruptionBudget = .foreign("PodDisruptionBudget a is the team's") }),
        (
            "an autoscaler that makes pods",
            { $0.scene.autoscaler = .init(hasSource: true, copy: .current, isPaused: false) }
        ),
        (
            "an autoscaler that is paused",
            { $0.scene.autoscaler = .init(hasSource: true, copy: .missing, isPaused: true) }
        ),
        (
            "an autoscaler whose source is gone",
            { $0.scene.autoscaler = .init(hasSource: false, copy: .current, isPaused: false) }
        ),
        ("copies of another revision's configs", { $0.scene.gate.hasStrayConfigs = true }),
        ("an autoscaler too many", { $0.scene.strayAutoscalers = ["ScaledObject old-primary.test"] }),
        ("bad measurements", { $0.scene.answers["request-success-rate"] = .value(1) }),
        ("no measurements", { $0.scene.answers["request-success-rate"] = .noData }),
        ("refusing gates", { $0.scene.answers = ["gate": .refused("no"), "sign-off": .refused("no")] }),
        ("a failing hook", { $0.scene.answers["load"] = .unavailable("timed out") }),
        ("the last failed check but one", { $0.scene.status.failedChecks = 1 }),
        ("a threshold that was lowered", { $0.scene.status.failedChecks = 2 }),
        ("a clock that was set back", { $0.time = $0.time + .seconds(-3_600) }),
        ("no analysis", { $0.scene.flags["skipAnalysis"] = true }),
        ("suspended", { $0.scene.flags["suspend"] = true }),
        ("another strategy", { $0.choose(1) }),
        ("one more strategy", { $0.choose(2) }),
        ("plain Services", { $0.choose(4) }),
    ]

    private static let phases: [CanaryPhase] = [
        .new, .initializing, .initialized, .waiting, .progressing, .waitingPromotion, .promoting, .finalising,
        .succeeded, .failed,
    ]

    /// Those in which strategies differ.
    private static let running: [CanaryPhase] = [.progressing, .waitingPromotion, .promoting]

    private static func world(_ phase: CanaryPhase, _ strategy: Int) -> World {
        var scene = Scene(phase)
        if [.progressing, .waitingPromotion, .promoting, .finalising].contains(phase) {
            scene = Scene.run(weight: 0, phase: phase)
            if strategy < 2 { scene.status.canaryWeight = phase == .finalising ? 0 : 30 }
            if strategy > 1 { scene.status.iterations = 1 }
            scene.route = .present(RouteReading(Traffic(canary: scene.status.canaryWeight)), .valid)
        }
        if phase == .failed { scene.status.lastAppliedSpec = Scene.new }
        if phase == .finalising { scene.primary?.revision = Scene.new }
        if phase == .waiting { scene.target?.revision = Scene.new }
        var world = World(scene, strategy: strategy)
        if phase == .finalising {
            world.proven.insert(Scene.new)
            world.scene.ledger = [Scene.new, Scene.old]
        }
        if [.new, .initializing].contains(phase) { world.scene.target = Scene.ready("podinfo", Scene.old) }
        return world
    }

    @Test(arguments: 0..<World.strategies.count) func leadsToRest(strategy: Int) throws {
        for phase in strategy == 0 ? Self.phases : Self.running {
            for change in Self.changes {
                var world = Self.world(phase, strategy)
                change.change(&world)
                for _ in 0..<3 { try world.decide() }
                world.heal()
                try world.finish()
                let place: Comment = "\(World.strategies[strategy].name), \(phase.rawValue), \(change.name)"
                #expect(world.faults.isEmpty, place)
                #expect(world.scene.route.isHome, place)
            }
        }
    }

    /// Whatever is done to a Canary in whatever order.
    @Test(arguments: 0..<40) func survivesARandomWalk(seed: Int) throws {
        var random = SeededValues(seed: UInt64(seed))
        var world = Self.world(.initialized, seed % World.strategies.count)
        for _ in 0..<150 {
            let choice = Int.random(in: 0..<10, using: &random)
            if choice == 0 {
                let change = Self.changes[Int.random(in: 0..<Self.changes.count, using: &random)]
                world.log.append("* \(change.name)")
                change.change(&world)
            } else if choice == 1 {
                world.setTarget([Scene.old, Scene.new, Scene.newer][Int.random(in: 0..<3, using: &random)])
            } else if choice == 2 {
                world.heal()
            } else if choice < 7 {
                world.settle()
            }
            try world.decide()
            if !world.faults.isEmpty { break }
        }
        #expect(world.faults.isEmpty, "\(world.log.suffix(12))")
        world.broken = []
        world.heal()
        try world.finish()
        #expect(world.faults.isEmpty, "\(world.log.suffix(12))")
    }

    /// The walk finds faults where there are some.
    @Test func seesAFault() throws {
        var world = Self.world(.succeeded, 0)
        world.scene.primary?.revision = Scene.newer
        try world.decide()
        #expect(world.faults.isEmpty)
        world.scene.primary?.revision = Scene.newer
        world.scene.route = .missing
        try world.decide()
        #expect(world.faults == ["the primary holds cccccccccc"])
    }
}

extension World {
    fileprivate mutating func slip(_ road: GateSlip.Road) {
        setTarget(Scene.newer)
        carried = Scene.newer
        scene.gate.slip = GateSlip(road: road, change: "image", requestedBy: "", since: nil)
    }

    fileprivate mutating func spoilRoute(_ verdict: RouteVerdict) {
        guard case .present(let reading, _) = scene.route else { return }
        scene.route = .present(reading, verdict)
    }
}

extension RouteState {
    fileprivate var isHome: Bool { if case .present(let reading, _) = self { reading.traffic == .home } else { false } }
}
