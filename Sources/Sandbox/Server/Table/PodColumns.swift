import JSON
import Kubernetes
import Platform

/// How pods look in a table.
///
/// Source: Kubernetes `printPod`.
enum PodColumns {
    static let columns: [TableColumn] = [
        .name, .text("Ready", ready), .text("Status", status),
        TableColumn(name: "Restarts") { pod, now in .string(restarts(pod, now)) }, .age,
        .text("IP", wide: true) { $0.textOrNone("status", "podIP") },
        .text("Node", wide: true) { $0.textOrNone("spec", "nodeName") },
        .text("Nominated Node", wide: true) { $0.textOrNone("status", "nominatedNodeName") },
        .text("Readiness Gates", wide: true) { _ in "<none>" },
    ]

    private static let ready: @Sendable (JSONValue) -> String = { pod in
        let count = pod[path: "spec", "containers"]?.array?.count ?? 0
        return "\(containers(pod).count { $0["ready"]?.bool == true })/\(count)"
    }

    /// What holds a container back, or the pod's phase.
    private static let status: @Sendable (JSONValue) -> String = { pod in
        guard pod[path: "metadata", "deletionTimestamp"] == nil else { return "Terminating" }
        for container in containers(pod).reversed() {
            for state in ["waiting", "terminated"] {
                if let reason = container.value(below: ["state", state, "reason"])?.string { return reason }
            }
        }
        return pod[path: "status", "reason"]?.string ?? pod.textOrNone("status", "phase")
    }

    private static func restarts(_ pod: JSONValue, _ now: Timestamp) -> String {
        let count = containers(pod).reduce(0) { $0 + $1.count("restartCount") }
        let last = containers(pod).compactMap { $0[path: "lastState", "terminated", "finishedAt"]?.string }.max()
        guard count > 0, let last else { return String(count) }
        return "\(count) (\(ShortAge.text(since: last, now: now)) ago)"
    }

    private static func containers(_ pod: JSONValue) -> [JSONValue] {
        pod[path: "status", "containerStatuses"]?.array ?? []
    }
}
