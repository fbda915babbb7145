import JSON
import Kubernetes
import Platform

/// A Deployment's spec with Kubernetes' defaults.
struct DeploymentSpec {
    /// How new pods take the place of old ones.
    enum Strategy: Hashable {
        /// All old ones go first.
        case recreate
        /// Step by step, `surge` pods above the number that is asked for and `unavailable` below it.
        case rolling(surge: Int, unavailable: Int)
    }

    /// The Deployment.
    let object: JSONValue

    /// How many pods are asked for.
    var replicas: Int { object[path: "spec", "replicas"]?.tally ?? 1 }

    /// Whether a new template is held back.
    var isPaused: Bool { object[path: "spec", "paused"]?.bool ?? false }

    /// The pod template.
    var template: JSONValue { object[path: "spec", "template"] ?? .object(JSONObject()) }

    /// The hash of the template, which names its ReplicaSet.
    var templateHash: String { SafeName.hash(template.canonical) }

    /// How long a pod must be ready to count as available.
    var minReadySeconds: Int { object[path: "spec", "minReadySeconds"]?.tally ?? 0 }

    /// How long a rollout may stand still.
    var progressDeadline: Duration { .seconds(object[path: "spec", "progressDeadlineSeconds"]?.tally ?? 600) }

    /// How many ReplicaSets without pods are kept.
    var historyLimit: Int { object[path: "spec", "revisionHistoryLimit"]?.tally ?? 10 }

    /// How new pods take the place of old ones; surge is rounded up, unavailable down, and one of them is above zero.
    var strategy: Strategy {
        if object[path: "spec", "strategy", "type"]?.string == "Recreate" { return .recreate }
        let rolling = object[path: "spec", "strategy", "rollingUpdate"]
        let surge = Self.count(rolling?["maxSurge"], of: replicas, rounding: .up)
        let unavailable = Self.count(rolling?["maxUnavailable"], of: replicas, rounding: .down)
        return .rolling(surge: surge, unavailable: surge == 0 && unavailable == 0 ? 1 : unavailable)
    }

    /// How many pods there may be at once.
    var maximum: Int {
        guard case .rolling(let surge, _) = strategy, replicas > 0 else { return replicas }
        return replicas + surge
    }

    /// How many pods must be available at all times.
    var minimumAvailable: Int {
        guard case .rolling(_, let unavailable) = strategy else { return replicas }
        return replicas - min(unavailable, replicas)
    }

    /// A number or a percentage of `total`; 25 % where there is none.
    private static func count(
        _ value: JSONValue?,
        of total: Int,
        rounding: FloatingPointRoundingRule
    ) -> Int {
        if let number = value?.tally { return number }
        let percent = value?.string.flatMap { Double($0.prefix { $0 != "%" }) } ?? 25
        return max(0, Int((Double(total) * min(percent, 1_000) / 100).rounded(rounding)))
    }
}
