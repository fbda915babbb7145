import FlaggerAPI
import JSON
import Platform
import Rollout

/// An observation to be varied: a Canary at rest whose target holds the promoted revision.
struct Scene {
    static let old = "aaaaaaaaaa"
    static let new = "bbbbbbbbbb"
    static let newer = "cccccccccc"
    static let now = Timestamp(seconds: 1_795_579_200)

    var analysis: JSONValue = [
        "interval": "30s", "threshold": 2, "stepWeight": 20, "maxWeight": 50,
        "metrics": [
            ["name": "request-success-rate", "thresholdRange": ["min": 99]],
            ["name": "request-duration", "thresholdRange": ["max": 500]],
        ],
        "webhooks": [
            ["name": "gate", "type": "confirm-rollout", "url": "http://t/gate"],
            ["name": "smoke", "type": "pre-rollout", "url": "http://t/smoke"],
            ["name": "load", "type": "rollout", "url": "http://t/load"],
            ["name": "sign-off", "type": "confirm-promotion", "url": "http://t/sign-off"],
            ["name": "bell", "type": "post-rollout", "url": "http://t/bell"],
        ],
    ]
    var flags: JSONValue = [:]
    var kind = "Deployment"
    /// The annotation that ends a pause.
    var resume: String?
    var status = CanaryStatus()
    var target: Workload? = Workload(
        name: "podinfo",
        revision: old,
        isAdmitted: true,
        replicas: 0,
        status: .init()
    )
    var primary: Workload? = ready("podinfo-primary", old)
    var primaryOwner: String?
    var autoscaler: AutoscalerState?
    var strayAutoscalers: [String] = []
    var services: [ServiceRole: ObjectState] = [.apex: .current, .primary: .current, .canary: .current]
    var route = RouteState.present(RouteReading(.home), .valid)
    var configs: ObjectState?
    var disruptionBudget: ObjectState?
    var templateDifferences: [String] = []
    var ledger: [String] = [old]
    var gate = GateObservation()
    /// Answers by the name of the hook or metric.
    var answers: [String: Answer] = [:]

    init(_ phase: CanaryPhase = .initialized) {
        status.lastAppliedSpec = Self.old
        status.lastPromotedSpec = Self.old
        status.phase = phase
    }

    /// A run at `weight`, its last check an interval ago.
    static func run(weight: Int, phase: CanaryPhase = .progressing) -> Scene {
        var scene = Scene(phase)
        scene.status.lastAppliedSpec = new
        scene.status.canaryWeight = weight
        scene.status.lastCheckTime = now + .seconds(-30)
        scene.target = ready("podinfo", new)
        scene.route = .present(RouteReading(Traffic(canary: weight)), .valid)
        return scene
    }

    static func ready(_ name: String, _ revision: String, replicas: Int = 2) -> Workload {
        Workload(
            name: name,
            revision: revision,
            isAdmitted: true,
            replicas: replicas,
            status: .init(replicas: replicas, updated: replicas, available: replicas)
        )
    }

    func observation(at time: Timestamp = now) throws -> Observation {
        var spec = flags
        spec["targetRef"] = ["apiVersion": "apps/v1", "kind": .string(kind), "name": "podinfo"]
        spec["service"] = ["port": 80]
        spec["analysis"] = analysis
        var object: JSONValue = [
            "metadata": ["name": "podinfo", "namespace": "test", "uid": "u1", "generation": 3, "annotations": [:]],
            "spec": spec, "status": status.json,
        ]
        object[path: "metadata", "annotations", CanaryPause.annotation] = resume.map { .string($0) }
        var observation = Observation(
            canary: try Canary(object),
            now: time,
            target: target,
            primary: primary,
            primaryOwner: primaryOwner,
            autoscaler: autoscaler,
            services: services,
            route: route
        )
        observation.strayAutoscalers = strayAutoscalers
        observation.configs = configs
        observation.disruptionBudget = disruptionBudget
        observation.templateDifferences = templateDifferences
        observation.gate = gate
        observation.ledger = ledger.map { revision in
            RevisionEntry(
                revision: revision,
                change: "image",
                requestedBy: "ada",
                requestedAt: nil,
                startedAt: Self.now,
                template: [:]
            )
        }
        return observation
    }

    /// The first decision that is no question; every question is answered from `answers`, else with the best answer.
    ///
    /// `asked` gets the names in order.
    func step(at time: Timestamp = now, asked: inout [String]) throws -> Step {
        var observation = try observation(at: time)
        return try step(&observation, asked: &asked)
    }

    /// The same of `observation`, which gets the answers.
    func step(_ observation: inout Observation, asked: inout [String]) throws -> Step {
        for _ in 0..<50 {
            switch Rollout.decide(observation) {
            case .act(let step): return step
            case .ask(let questions):
                for question in questions {
                    asked.append(question.name)
                    observation.answers[question] = answers[question.name] ?? question.bestAnswer
                }
            }
        }
        throw Endless()
    }

    func step(at time: Timestamp = now) throws -> Step {
        var asked: [String] = []
        return try step(at: time, asked: &asked)
    }

    struct Endless: Error {}
}

extension Question {
    var name: String {
        switch self {
        case .hook(let hook, _, _): hook.name
        case .metric(let metric): metric.name
        }
    }

    var bestAnswer: Answer {
        switch self {
        case .hook(let hook, _, _): hook.kind == .rollback ? .refused("no") : .passed
        case .metric(let metric): .value(metric.source == .successRate ? 100 : 20)
        }
    }
}

extension Step {
    /// `Progressing 20`: the phase and weight that are recorded; `-` when nothing is.
    var recorded: String { record.map { "\($0.phase.rawValue) \($0.canaryWeight)" } ?? "-" }

    var messages: [String] { events.map(\.message) }
}
