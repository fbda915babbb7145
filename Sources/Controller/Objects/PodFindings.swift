import JSON
import Kubernetes
import Platform

/// What the pods of a workload that is not ready tell of why.
struct PodFindings: Hashable {
    /// What keeps them from starting, in words that stay the same while it lasts; nil when nothing is to be seen.
    let trouble: String?
    /// Since when the one that has waited longest has; nil when all are ready.
    let waitingSince: Timestamp?

    /// Looks at `pods`, those of the workload's current template.
    init(_ pods: [JSONValue]) {
        let waiting = pods.filter { !$0.isReady && $0[path: "metadata", "deletionTimestamp"] == nil }
        waitingSince = waiting.compactMap(\.waitingSince).min()
        trouble = waiting.flatMap(Self.troubles).min { ($0.rank, $0.words) < ($1.rank, $1.words) }?.words
    }

    /// One thing that keeps a pod from starting; what is sure to last has the lowest rank.
    private struct Trouble {
        let rank: Int
        let words: String
    }

    private static func troubles(_ pod: JSONValue) -> [Trouble] {
        let status = pod["status"]
        var troubles = ["initContainerStatuses", "containerStatuses"].flatMap { list in
            (status?[list]?.array ?? []).compactMap(trouble)
        }
        let scheduled = (status?["conditions"]?.array ?? []).first { $0["type"] == "PodScheduled" }
        if scheduled?["status"] == "False", scheduled?["reason"] == "Unschedulable" {
            troubles.append(Trouble(rank: 3, words: "no node for the pod: \(scheduled?["message"]?.string ?? "")"))
        }
        if status?["phase"] == "Failed", let reason = status?["reason"]?.string {
            troubles.append(Trouble(rank: 2, words: "pod failed: \(reason)"))
        }
        return troubles
    }

    /// Source: the reasons that the kubelet gives.
    private static let imageReasons: Set<String> = [
        "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError",
        "RegistryUnavailable",
    ]
    private static let startReasons: Set<String> = [
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError",
        "PreStartHookError", "PostStartHookError",
    ]

    /// The trouble of the container with `status`; the two reasons by which the kubelet tells of one fault in turn give the
    /// same words.
    private static func trouble(_ status: JSONValue) -> Trouble? {
        let name = status["name"]?.string ?? ""
        let waiting = status[path: "state", "waiting"]
        let reason = waiting?["reason"]?.string ?? ""
        if imageReasons.contains(reason) {
            let shown = reason == "ErrImagePull" ? "ImagePullBackOff" : reason
            let image = status["image"]?.string ?? ""
            return Trouble(rank: 0, words: "container \(name): image \(image) cannot be had (\(shown))")
        }
        if startReasons.contains(reason) {
            let message = waiting?["message"]?.string ?? reason
            return Trouble(rank: 0, words: "container \(name) cannot be started: \(message)")
        }
        let isInit = status[path: "state", "terminated", "exitCode"] == 0
        guard status["ready"]?.bool != true, !isInit else { return nil }
        let ended = status[path: "lastState", "terminated"] ?? status[path: "state", "terminated"]
        guard reason == "CrashLoopBackOff" || status["restartCount"]?.int ?? 0 > 0, let ended else { return nil }
        let code = ended["exitCode"]?.int ?? 0
        let cause = ended["reason"]?.string.map { " (\($0))" } ?? ""
        return Trouble(rank: 1, words: "container \(name) keeps ending with exit code \(code)\(cause)")
    }
}

extension JSONValue {
    private var readyCondition: JSONValue? {
        (self[path: "status", "conditions"]?.array ?? []).first { $0["type"] == "Ready" }
    }

    /// Whether a pod is ready.
    fileprivate var isReady: Bool { readyCondition?["status"] == "True" }

    /// Since when a pod is not ready.
    fileprivate var waitingSince: Timestamp? {
        let time = readyCondition?["lastTransitionTime"] ?? self[path: "metadata", "creationTimestamp"]
        return time?.string.flatMap { Timestamp(rfc3339: $0) }
    }
}
