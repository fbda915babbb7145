import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

/// All of a stage at one moment, from which another can go on.
struct Checkpoint: Sendable {
    static let types: [ResourceType] = [
        .canaries, .deployments, .daemonSets, .autoscalers, .scaledObjects, .services, .httpProxies, .configMaps,
        .podDisruptionBudgets, .controllerRevisions,
    ]

    let objects: [(ResourceType, [JSONValue])]
    let world: World
    let time: Timestamp
    let answers: [String: Answer]

    init(_ stage: Stage) {
        objects = Self.types.map { ($0, stage.cluster.objects($0)) }
        world = stage.world.withLock { $0 }
        time = stage.clock.now()
        answers = stage.outside.answers
    }

    /// The Canary of the story.
    var canary: JSONValue { objects[0].1.first ?? .null }

    /// All on which the future depends; times as how long ago they were, versions not at all, as they are only compared.
    var state: String {
        var writer = EssenceWriter(now: time)
        for (type, objects) in objects {
            for object in objects { writer.write(type, object) }
        }
        for (key, pods) in world.pods.sorted(by: { $0.key.description < $1.key.description }) {
            writer.text +=
                "\(key) \(pods.template.image) \(pods.count) \(pods.isAdmitted) \(pods.wait) \(pods.available)\n"
        }
        writer.text += "\(world.canaryWeight) \(world.exposure) \(world.failedChecks) \(world.proven.count)"
        return writer.text
    }

    /// What is there, without times, versions and what the cluster's own controllers say; `isLenient` leaves out what a
    /// check that failed once more leaves behind.
    func essence(isLenient: Bool = false) -> [String] {
        objects.flatMap { type, objects in
            objects.flatMap { object in
                guard type != .canaries else { return Self.status(object, isLenient: isLenient) }
                var bare = object
                bare["status"] = nil
                // The ledger says why in words.
                if isLenient { bare[path: "metadata", "annotations", "canarygate.dev/reason"] = nil }
                var writer = EssenceWriter(now: nil)
                writer.write(type, bare)
                return [writer.text]
            }
        }
    }

    private static func status(_ canary: JSONValue, isLenient: Bool) -> [String] {
        let status = canary["status"]
        var fields = [
            "phase", "canaryWeight", "mirrorWeight", "iterations", "lastAppliedSpec", "lastPromotedSpec",
            "trackedConfigs",
        ]
        if !isLenient { fields.append("failedChecks") }
        var shown = fields.map { "\($0)=\(status?[$0]?.text ?? "")" }
        shown += (status?["conditions"]?.array ?? []).map { condition in
            "\(condition["type"]?.text ?? "") \(condition["status"]?.text ?? "") \(condition["reason"]?.text ?? "")"
        }
        shown += (status?["history"]?.array ?? []).map { run in
            "\(run["revision"]?.text ?? "") \(run["verdict"]?.text ?? "") \(isLenient ? "" : run["reason"]?.text ?? "")"
        }
        if !isLenient {
            shown += (status?["checks"]?.array ?? []).map { check in
                "\(check["name"]?.text ?? "") \(check["outcome"]?.text ?? "") \(check["follows"]?.text ?? "")"
            }
        }
        shown.append("finalizers \(canary[path: "metadata", "finalizers"]?.text ?? "")")
        return shown
    }
}
