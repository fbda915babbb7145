import JSON
import Kubernetes

/// Which pods a Service leads to.
struct ServicePods {
    private let pods: [String: [PodState]]

    /// A choice among `pods`.
    init(_ pods: [JSONValue]) {
        self.pods = Dictionary(grouping: pods.map { PodState(object: $0) }) { $0.object.namespace ?? "" }
    }

    /// The pods in the namespace of `service` that have all labels of its selector; none without a selector.
    func selected(by service: JSONValue) -> [PodState] {
        guard let selector = service[path: "spec", "selector"]?.object, !selector.isEmpty else { return [] }
        return (pods[service.namespace ?? ""] ?? []).filter { pod in
            let labels = pod.object[path: "metadata", "labels"]
            return selector.allSatisfy { labels?[$0.key] == $0.value }
        }
    }
}
