import FlaggerAPI
import JSON
import Platform
import Rollout
import TestSupport

/// A scene that goes on: it does what is decided, and its pods and routes follow.
struct World {
    /// What an analysis may look like; few steps, so that runs are short.
    static let strategies: [(name: String, provider: String, analysis: JSONValue)] = [
        ("weights", "contour", ["stepWeight": 30, "maxWeight": 60]),
        (
            "mirrored", "contour",
            [
                "stepWeights": [10, 40], "mirror": true, "stepWeightPromotion": 25,
                "sessionAffinity": ["cookieName": "c"],
            ]
        ),
        ("test", "contour", ["iterations": 2, "match": [["headers": ["x-canary": ["exact": "insider"]]]]]),
        ("blueGreen", "contour", ["iterations": 2, "mirror": true, "stepWeightsPromotion": [40]]),
        ("services", "kubernetes", ["iterations": 2]),
    ]

    var scene: Scene
    var time = Scene.now
    /// Revisions that the primary may hold.
    var proven: Set<String> = [Scene.old]
    /// Revisions whose pods come up in the target and not in the primary.
    var broken: Set<String> = []
    /// The revision of the target's pods: what it held when its gate was last open.
    var carried: String?
    /// What must not be and was.
    var faults: [String] = []
    /// What was done.
    var log: [String] = []

    init(_ scene: Scene, strategy: Int = 0) {
        self.scene = scene
        carried = scene.target?.revision
        choose(strategy)
        self.scene.analysis["webhooks"] = [
            ["name": "gate", "type": "confirm-rollout", "url": "http://t/gate"],
            ["name": "load", "type": "rollout", "url": "http://t/load"],
            ["name": "sign-off", "type": "confirm-promotion", "url": "http://t/sign-off"],
        ]
    }

    /// Writes another strategy into the spec.
    mutating func choose(_ strategy: Int) {
        let names = [
            "stepWeight", "stepWeights", "maxWeight", "mirror", "iterations", "match", "stepWeightPromotion",
            "stepWeightsPromotion", "sessionAffinity",
        ]
        for name in names { scene.analysis[name] = nil }
        let chosen = Self.strategies[strategy]
        for member in chosen.analysis.object ?? JSONObject() { scene.analysis[member.key] = member.value }
        scene.flags["provider"] = .string(chosen.provider)
    }

    /// Decides once and does it.
    mutating func decide() throws {
        let before = scene
        let step = try scene.step(at: time)
        if let record = step.record { scene.status = record }
        if scene.status.phase == .promoting {
            proven.insert(scene.status.lastAppliedSpec)
            if !scene.ledger.contains(scene.status.lastAppliedSpec) {
                scene.ledger.insert(scene.status.lastAppliedSpec, at: 0)
            }
        }
        log.append("\(before.status.phase.rawValue) -> \(step.recorded) \(step.actions.map(\.words)) \(step.messages)")
        for action in step.actions { perform(action) }
        check(step, before)
        if case .after(let pause) = step.next { time = time + pause }
    }

    private mutating func perform(_ action: Action) {
        let pending = Workload.Status(replicas: 2, updated: 0, available: 1)
        switch action {
        case .createPrimary:
            scene.primary = Scene.ready("podinfo-primary", scene.target?.revision ?? "")
            scene.primary?.status = Workload.Status()
        case .copyTemplate(let revision):
            if scene.target?.revision != revision { faults.append("copied \(revision), which the target holds not") }
            scene.primary?.revision = revision
            scene.primary?.status = pending
            scene.templateDifferences = []
        case .restorePrimary(let revision):
            scene.primary = scene.primary ?? Scene.ready("podinfo-primary", revision)
            scene.gate.hasStrayConfigs = false
            scene.primary?.revision = revision
            scene.primary?.status = pending
        case .scalePrimary(let count): scene.primary?.replicas = count
        case .applyConfigs: scene.configs = .current
        case .applyAutoscaler: scene.autoscaler?.copy = .current
        case .removeStrayAutoscalers: scene.strayAutoscalers = []
        case .pauseAutoscaler(let isPaused):
            if scene.autoscaler?.hasSource != true { faults.append("told an autoscaler that is not there") }
            scene.autoscaler?.isPaused = isPaused
        case .applyDisruptionBudget: scene.disruptionBudget = .current
        case .applyService(let role): scene.services[role] = .current
        case .createRoute(let traffic), .shapeRoute(let traffic), .setTraffic(let traffic):
            scene.route = .present(RouteReading(traffic), .pending)
        case .admitTarget(let revision, let count):
            if scene.target?.revision != revision { faults.append("admitted \(revision), which the target holds not") }
            scene.target?.isAdmitted = true
            carried = revision
            scene.target?.replicas = count ?? 2
            scene.target?.status = Workload.Status()
        case .scaleTargetToZero:
            scene.target?.replicas = 0
            scene.target?.status = Workload.Status()
        case .closeGate:
            scene.target?.isAdmitted = false
            scene.gate.slip = nil
        case .recordRevision, .markManaged, .restoreTarget, .handOver, .removeFinalizer: break
        }
    }

    /// What must never be.
    private mutating func check(_ step: Step, _ before: Scene) {
        faults += step.messages.filter { $0.contains("refused to go on") }
        if let held = scene.primary?.revision, !proven.contains(held) { faults.append("the primary holds \(held)") }
        for action in step.actions {
            switch action {
            case .createRoute(let traffic), .shapeRoute(let traffic), .setTraffic(let traffic):
                let isProven = carried.map(proven.contains) ?? false
                let allowed = isProven ? 100 : allowance
                if !(0...allowed).contains(traffic.canary) { faults.append("\(traffic.canary) percent of \(allowed)") }
                if traffic.canary > 0 || traffic.mirror > 0, scene.target?.isAdmitted != true, !isProven {
                    faults.append("traffic for pods that were not let in")
                }
            default: break
            }
        }
        if scene.status.failedChecks > 2 { faults.append("\(scene.status.failedChecks) failed checks") }
        if step.record == nil, step.actions.isEmpty, step.next == .now { faults.append("it goes round and round") }
    }

    /// The most that an unproven revision may have now.
    private var allowance: Int {
        guard [.progressing, .waitingPromotion].contains(scene.status.phase) else { return 0 }
        if scene.analysis["match"] != nil, scene.flags["provider"] == "contour" { return 100 }
        return scene.status.canaryWeight
    }

    /// Pods come up and Contour has a look.
    mutating func settle() {
        if case .present(let reading, .pending) = scene.route { scene.route = .present(reading, .valid) }
        if let target = scene.target, target.isAdmitted || target.replicas == 0 {
            scene.target?.status = Self.healthy(target.replicas)
        }
        guard let primary = scene.primary else { return }
        if broken.contains(primary.revision ?? "") {
            scene.primary?.status = Workload.Status(replicas: 2, updated: 1, available: 1, isPastDeadline: true)
        } else {
            scene.primary?.status = Self.healthy(primary.replicas)
        }
    }

    private static func healthy(_ count: Int) -> Workload.Status {
        Workload.Status(replicas: count, updated: count, available: count)
    }

    /// Everything is as one would wish from now on.
    mutating func heal() {
        scene.answers = [:]
        scene.flags["suspend"] = nil
        scene.primaryOwner = nil
        scene.autoscaler?.hasSource = true
        scene.services = scene.services.mapValues { if case .foreign = $0 { .differs } else { $0 } }
        if case .foreign = scene.configs { scene.configs = .differs }
        if case .foreign = scene.disruptionBudget { scene.disruptionBudget = .differs }
        if case .foreign = scene.route { scene.route = .missing }
        if scene.target == nil {
            scene.target = Workload(
                name: "podinfo",
                revision: Scene.old,
                isAdmitted: false,
                replicas: 0,
                status: .init()
            )
        }
        if case .present(let reading, _) = scene.route { scene.route = .present(reading, .valid) }
        if case .unreadable = scene.route { scene.route = .present(RouteReading(nil), .valid) }
        if scene.flags["provider"] == "kubernetes", scene.route == .missing {
            scene.route = .present(RouteReading(.home), .valid)
        }
    }

    /// The target gets the template of `revision`; the webhook closes its gate.
    mutating func setTarget(_ revision: String) {
        guard scene.target?.revision != revision else { return }
        scene.target?.revision = revision
        scene.target?.isAdmitted = false
        scene.target?.status.updated = 0
    }

    /// Whether nothing is left to be done.
    var isAtRest: Bool {
        guard [.initialized, .succeeded, .failed].contains(scene.status.phase) else { return false }
        let revision = scene.target?.revision
        return revision == scene.status.lastAppliedSpec || revision == scene.status.lastPromotedSpec
    }

    /// Goes on until it is at rest.
    mutating func finish(within limit: Int = 120) throws {
        for _ in 0..<limit {
            settle()
            try decide()
            if isAtRest { return }
        }
        faults.append("it does not come to rest: \(log.suffix(4))")
    }
}
