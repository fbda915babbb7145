import Admission
import JSON
import Kubernetes
import Schema

/// The objects around the Canary.
extension CanaryFacts {
    mutating func checkReferences(in view: ClusterView) {
        refuseSharedTarget(view)
        checkTargetObject(view)
        checkScalerObject(view)
    }

    private mutating func refuseSharedTarget(_ view: ClusterView) {
        guard let kind = targetKind, let name = targetName else { return }
        let others = view.canaries(forTarget: kind, namespace: namespace, name: name)
        guard let other = others.first(where: { $0.name != object.name }) else { return }
        deny(
            "target-taken",
            FieldPath("spec", "targetRef", "name"),
            .string(name),
            "the Canary \(other.name) rolls out this \(kind) already, and both would undo each other's work",
            "name another \(kind), or delete the Canary \(other.name)"
        )
    }

    private mutating func checkTargetObject(_ view: ClusterView) {
        guard targetKind == "Deployment", let name = targetName, view.knows(.deployments) else { return }
        guard let target = view.object(.deployments, ObjectKey(namespace: namespace, name: name)) else {
            return warn(
                "target-missing",
                FieldPath("spec", "targetRef", "name"),
                .string(name),
                "no such Deployment yet",
                "apply it too"
            )
        }
        guard let value = service["targetPort"], let port = value.string else { return }
        let containers = target[path: "spec", "template", "spec", "containers"]?.array ?? []
        let names = containers.flatMap { $0["ports"]?.array ?? [] }.compactMap { $0["name"]?.string }
        guard !names.contains(port) else { return }
        let advice = NearestName.find(port, among: names) ?? names.first
        warn(
            "target-port-missing",
            Self.servicePath.member("targetPort"),
            value,
            "no container has this port",
            advice.map { "did you mean \"\($0)\"?" } ?? "name a container's port"
        )
    }

    private mutating func checkScalerObject(_ view: ClusterView) {
        guard spec[path: "autoscalerRef", "kind"] == "HorizontalPodAutoscaler",
            let value = spec[path: "autoscalerRef", "name"], let name = value.string, view.knows(.autoscalers),
            view.object(.autoscalers, ObjectKey(namespace: namespace, name: name)) == nil
        else { return }
        warn(
            "autoscaler-missing",
            FieldPath("spec", "autoscalerRef", "name"),
            value,
            "no such HorizontalPodAutoscaler yet",
            "apply it too"
        )
    }
}
