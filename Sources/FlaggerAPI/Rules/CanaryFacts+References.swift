import Admission
import JSON
import Kubernetes
import Schema

/// The objects around the Canary.
extension CanaryFacts {
    mutating func checkReferences(in view: ClusterView) {
        refuseSharedTarget(view)
        refuseSharedNames(view)
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

    /// What one Canary makes is no other's to roll out, and no two make objects of one name.
    private mutating func refuseSharedNames(_ view: ClusterView) {
        let names = [targetName, apexName].compactMap { $0 }
        let others = view.canaries(namedLike: names, namespace: namespace).map(CanaryFacts.init)
            .filter { $0.object.name != object.name && $0.targetName != targetName }.sorted {
                $0.object.name < $1.object.name
            }
        for other in others {
            guard let target = other.targetName, let apex = other.apexName else { continue }
            if let name = targetName, name == "\(target)-primary" {
                deny(
                    "target-is-primary",
                    FieldPath("spec", "targetRef", "name"),
                    .string(name),
                    "serves the live traffic of the Canary \(other.object.name)",
                    "name a workload of your own"
                )
            }
            guard let name = apexName, !Self.madeNames(name).isDisjoint(with: Self.madeNames(apex)) else { continue }
            let isNamed = service["name"] != nil
            deny(
                "service-taken",
                isNamed ? Self.servicePath.member("name") : FieldPath("spec", "targetRef", "name"),
                .string(name),
                "the Canary \(other.object.name) makes Services named \(apex), \(apex)-primary and \(apex)-canary",
                isNamed ? "write another name" : "set spec.service.name to another name"
            )
        }
        warnOfForeignRoute(view)
    }

    /// The names of the Services that are made for `apex`.
    private static func madeNames(_ apex: String) -> Set<String> { [apex, "\(apex)-primary", "\(apex)-canary"] }

    /// The loop keeps its hands off an HTTPProxy that it did not make.
    private mutating func warnOfForeignRoute(_ view: ClusterView) {
        guard let apex = apexName,
            let proxy = view.object(.httpProxies, ObjectKey(namespace: namespace, name: apex))
        else { return }
        let owners = proxy[path: "metadata", "ownerReferences"]?.array ?? []
        guard !owners.contains(where: { $0["kind"] == "Canary" && $0["name"]?.string == object.name }) else { return }
        warn(
            "route-taken",
            Self.servicePath.member("name"),
            service["name"],
            "HTTPProxy \(apex) is not this Canary's",
            "rename one of them"
        )
    }

    private mutating func checkTargetObject(_ view: ClusterView) {
        guard targetKind == "Deployment", let name = targetName, StringFormat.dnsSubdomain.accepts(name),
            view.knows(.deployments)
        else { return }
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

/// What pods read beside their template.
extension CanaryFacts {
    /// Flagger gives the primary copies of ConfigMaps and Secrets, changed by promotion alone; here they are shared.
    mutating func checkConfigs(in view: ClusterView) {
        guard targetKind == "Deployment", let name = targetName,
            let target = view.object(.deployments, ObjectKey(namespace: namespace, name: name)),
            Self.readsConfigs(target[path: "spec", "template", "spec"] ?? .null)
        else { return }
        warn(
            "config-shared",
            FieldPath("spec", "targetRef", "name"),
            .string(name),
            "its ConfigMaps and Secrets go live unproven",
            "rename them at each change"
        )
    }

    /// Whether pods of `spec` read ConfigMaps or Secrets.
    private static func readsConfigs(_ spec: JSONValue) -> Bool {
        let volumes = (spec["volumes"]?.array ?? []).flatMap { [$0] + ($0[path: "projected", "sources"]?.array ?? []) }
        let containers = ["initContainers", "containers"].flatMap { spec[$0]?.array ?? [] }
        let environments = containers.flatMap { $0["envFrom"]?.array ?? [] }
        let variables = containers.flatMap { $0["env"]?.array ?? [] }.compactMap { $0["valueFrom"] }
        let keys = ["configMap", "secret", "configMapRef", "secretRef", "configMapKeyRef", "secretKeyRef"]
        return (volumes + environments + variables).contains { source in keys.contains { source[$0]?.object != nil } }
    }
}
