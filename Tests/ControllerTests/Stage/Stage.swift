import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Logging
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// A cluster with its own controllers around the loop, all on one clock that stands still.
///
/// After each round of the loop the Deployments' controller and Contour have a look. What must never be is looked for
/// after every call that changes something.
final class Stage: Sendable {
    /// One process of the loop.
    struct Life {
        let link: Link
        let controller: Controller
    }

    /// The rounds went on and on.
    struct Endless: Error { let status: String }

    /// Where the story takes place: the Canary and its target.
    static let key = ObjectKey(namespace: "test", name: "podinfo")
    static let primaryKey = ObjectKey(namespace: "test", name: "podinfo-primary")

    let clock: ManualClock
    let cluster: InMemoryCluster
    /// What the target is.
    let targetType: ResourceType
    let outside = Outside()
    let world: Locked<World>

    /// The objects of the story before the loop has seen them, and `others`; a target of two pods that serve.
    init(
        canary: JSONValue? = nil,
        target: JSONValue? = nil,
        autoscaler: Bool = true,
        others: [(ResourceType, JSONValue)] = []
    ) throws {
        clock = ManualClock()
        cluster = InMemoryCluster(clock: clock)
        world = Locked(World())
        let canary = try canary ?? Examples.canary()
        targetType = Self.targetType(of: canary)
        cluster.put(.canaries, canary)
        for (type, object) in others { cluster.put(type, object) }
        var target = try target ?? Examples.object("deployment")
        if targetType == .deployments { target[path: "spec", "replicas"] = 2 }
        cluster.put(targetType, target)
        if autoscaler { cluster.put(.autoscalers, try Examples.object("autoscaler")) }
        let revision = revision(of: target)
        let image = target.template.image
        world.withLock { world in
            world.proven.insert(revision)
            world.provenImages.insert(image)
        }
        settle()
    }

    /// What `canary` names for its target.
    private static func targetType(of canary: JSONValue) -> ResourceType {
        switch canary[path: "spec", "targetRef", "kind"]?.string {
        case "DaemonSet": .daemonSets
        case "Service": .services
        default: .deployments
        }
    }

    /// The stage as it was at `checkpoint`.
    init(_ checkpoint: Checkpoint) {
        clock = ManualClock(start: checkpoint.time)
        cluster = InMemoryCluster(clock: clock)
        world = Locked(checkpoint.world)
        targetType = Self.targetType(of: checkpoint.canary)
        for (type, objects) in checkpoint.objects {
            for object in objects { cluster.put(type, object) }
        }
        outside.answers = checkpoint.answers
    }

    /// A new process of the loop, whose link breaks where it is said; then `meanwhile` is what others do.
    func life(
        breaking: Link.Break? = nil,
        namespace: String? = nil,
        meanwhile: @escaping @Sendable (Failure, KubernetesCall?) async -> Void = { _, _ in }
    ) -> Life {
        let link = link(breaking: breaking, meanwhile: meanwhile)
        var settings = Self.patient
        settings.namespace = namespace
        return Life(link: link, controller: controller(link, settings: settings))
    }

    /// A process's way to the cluster, which breaks where it is said.
    func link(
        breaking: Link.Break? = nil,
        meanwhile: @escaping @Sendable (Failure, KubernetesCall?) async -> Void = { _, _ in }
    ) -> Link {
        Link(cluster, breaking: breaking, meanwhile: meanwhile) { [self] operation in inspect(after: operation) }
    }

    /// Settings by which a look follows exactly when the state machine asks for it.
    static var patient: ControllerSettings {
        var settings = ControllerSettings()
        settings.activePoll = .seconds(3_600)
        settings.restingPoll = .seconds(3_600)
        return settings
    }

    /// A loop that asks over `link`, or of `api`; where they are given it calls other `hooks`.
    func controller(
        _ link: Link,
        api: (any KubernetesAPI)? = nil,
        cache: (any ObjectCache)? = nil,
        hooks: (any CanaryHookCaller)? = nil,
        settings: ControllerSettings = patient,
        onRound: @escaping @Sendable (RoundReport) -> Void = { _ in }
    ) -> Controller {
        let line = Line(link: link, outside: outside) { [self] event in judge(event) }
        return Controller(
            api: api ?? link,
            cache: cache,
            clock: clock,
            events: line,
            metrics: line,
            hooks: hooks ?? line,
            settings: settings,
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0 },
            onRound: onRound
        )
    }

    /// One round, after which the cluster's own controllers have a look.
    @discardableResult
    func round(_ life: Life) async -> Requeue {
        let next = await life.controller.reconcile(Self.key)
        settle()
        return next
    }

    /// Rounds until the Canary's phase is `phase`, the clock moved to each next look.
    func run(_ life: Life, until phase: CanaryPhase) async throws {
        try await run(life) { $0.phase == phase.rawValue }
    }

    /// Rounds until `isDone`, the clock moved to each next look.
    func run(_ life: Life, until isDone: (Stage) -> Bool) async throws {
        for _ in 0..<200 {
            if isDone(self) { return }
            if case .after(let pause) = await round(life), !isDone(self) { clock.advance(by: pause) }
        }
        throw Endless(status: canary["status"]?.text ?? "none")
    }

    /// A stage whose Canary is initialised.
    static func initialised(
        canary: JSONValue? = nil,
        target: JSONValue? = nil,
        autoscaler: Bool = true
    ) async throws -> Stage {
        let stage = try Stage(canary: canary, target: target, autoscaler: autoscaler)
        try await stage.run(stage.life(), until: .initialized)
        // What was made is marked for admission.
        await stage.round(stage.life())
        stage.outside.forget()
        return stage
    }

    /// A stage whose Canary is initialised and analyses a new image, at `weight`.
    static func analysing(weight: Int, canary: JSONValue? = nil, target: JSONValue? = nil) async throws -> Stage {
        let stage = try await initialised(canary: canary, target: target)
        try stage.setImage("3.1.1")
        try await stage.run(stage.life()) { $0.canary[path: "status", "canaryWeight"]?.int == weight }
        stage.outside.forget()
        return stage
    }
}

extension Stage {
    var canary: JSONValue { cluster.object(.canaries, Self.key) ?? .null }
    var target: JSONValue { cluster.object(targetType, Self.key) ?? .null }
    var primary: JSONValue { cluster.object(targetType, Self.primaryKey) ?? .null }
    var proxy: JSONValue { cluster.object(.httpProxies, Self.key) ?? .null }
    var phase: String { canary[path: "status", "phase"]?.string ?? "" }
    var failedChecks: Int { canary[path: "status", "failedChecks"]?.int ?? 0 }
    /// What must not be and was.
    var faults: [String] { world.withLock { $0.faults } }
}
