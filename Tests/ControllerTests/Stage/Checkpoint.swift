import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

/// All of a stage at one moment, from which another can go on.
struct Checkpoint {
    static let types: [ResourceType] = [
        .canaries, .deployments, .autoscalers, .services, .httpProxies, .configMaps, .controllerRevisions,
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

    /// All on which the future depends: versions of objects are only compared, never looked at.
    var state: [String] {
        var state = objects.flatMap { type, objects in
            objects.map { object in
                var object = object
                object[path: "metadata", "resourceVersion"] = nil
                return object.text
            }
        }
        for (key, pods) in world.pods.sorted(by: { $0.key.description < $1.key.description }) {
            state.append(
                "\(key) \(pods.template.image) \(pods.count) \(pods.isAdmitted) \(pods.wait) \(pods.available)"
            )
        }
        return state + ["\(world.canaryWeight) \(time.rfc3339)"]
    }

    /// What is there, without times, versions and what the cluster's own controllers say.
    var essence: [String] {
        objects.flatMap { type, objects in
            objects.map { object in
                let shown = type == .canaries ? Self.status(object) : object["spec"]?.text ?? ""
                let annotations = ["canarygate.dev/revision", "canarygate.dev/gate"].map { object.annotation($0) ?? "" }
                return "\(type.kind) \(object.name) \(annotations) \(shown)"
            }
        }
    }

    private static func status(_ canary: JSONValue) -> String {
        let status = canary["status"]
        var shown = ["phase", "canaryWeight", "failedChecks", "lastAppliedSpec", "lastPromotedSpec"].map { field in
            "\(field)=\(status?[field]?.text ?? "")"
        }
        shown += (status?["checks"]?.array ?? []).map { check in
            "\(check["name"]?.text ?? "") \(check["outcome"]?.text ?? "") \(check["follows"]?.text ?? "")"
        }
        return shown.joined(separator: " ")
    }
}
