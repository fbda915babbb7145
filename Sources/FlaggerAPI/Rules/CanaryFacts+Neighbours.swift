import Admission
import JSON
import Kubernetes
import Schema

/// What else in the namespace has the names or the labels of what is made for the Canary.
extension CanaryFacts {
    /// How many findings of one rule are of use.
    private static let mostNamed = 3

    private static let targetPath = FieldPath("spec", "targetRef", "name")

    mutating func checkNeighbours(in view: ClusterView) {
        refuseForeignPrimary(view)
        warnOfForeignServices(view)
        guard let label = selectorLabel(in: view), let target = targetObject(in: view) else { return }
        refuseForeignPods(label, view)
        warnOfOtherServices(target, label, view)
        warnOfSelectors(label, view)
    }

    /// Ours leaves it to whom it belongs, and waits; Flagger writes over it.
    private mutating func refuseForeignPrimary(_ view: ClusterView) {
        let kind = targetKind == "DaemonSet" ? ResourceType.daemonSets : .deployments
        if let name = targetName, targetKind != "Service", let primary = find(kind, "\(name)-primary", in: view) {
            refuse(primary, kind, Self.targetPath, spec[path: "targetRef", "name"])
        }
        guard let name = spec[path: "autoscalerRef", "name"]?.string else { return }
        let type = spec[path: "autoscalerRef", "kind"] == "ScaledObject" ? ResourceType.scaledObjects : .autoscalers
        guard let copy = find(type, "\(name)-primary", in: view) else { return }
        refuse(copy, type, FieldPath("spec", "autoscalerRef", "name"), spec[path: "autoscalerRef", "name"])
    }

    private mutating func refuse(_ object: JSONValue, _ type: ResourceType, _ path: FieldPath, _ value: JSONValue?) {
        guard !isOwn(object) else { return }
        deny(
            "primary-taken",
            path,
            value,
            "the \(type.kind) \(object.name) is not this Canary's, and "
                + (isDriven ? "nothing is made while it is there" : "Flagger would write over it"),
            "rename it, or run: kubectl -n \(namespace) delete \(type.kind.lowercased()) \(object.name)"
        )
    }

    /// Services with the names of those that are made.
    private mutating func warnOfForeignServices(_ view: ClusterView) {
        guard let apex = apexName, targetKind != "Service" else { return }
        let path = Self.servicePath.member("name")
        for suffix in ["-primary", "-canary"] {
            guard let found = find(.services, apex + suffix, in: view), !isOwn(found) else { continue }
            let problem = isDriven ? "stops everything" : "would be Flagger's"
            warn("service-foreign", path, service["name"], "another's Service \(found.name) \(problem)", "rename it")
        }
        // Once taken over it is the Canary's, though nobody owns it.
        guard phase.isEmpty, let found = find(.services, apex, in: view), !isOwn(found) else { return }
        warn("service-adopted", path, service["name"], "Service \(apex) gets other ports and pods", "rename one")
    }

    /// Pods of others that the Services of the Canary would find.
    private mutating func refuseForeignPods(_ label: (key: String, value: String), _ view: ClusterView) {
        guard let name = targetName else { return }
        let own = [name, "\(name)-primary"]
        let values = [label.value, "\(label.value)-primary"]
        let found = [ResourceType.deployments, .daemonSets].flatMap { type in
            values.flatMap { value in
                view.objects(type, with: .podLabel(key: label.key, value: value), namespace: namespace)
            }
        }.filter { !own.contains($0.name) }
        guard let other = found.min(by: { $0.name < $1.name }) else { return }
        let value = other[path: "spec", "template", "metadata", "labels", label.key]?.string ?? ""
        deny(
            "pods-of-others",
            Self.targetPath,
            .string(name),
            "pods of \(other["kind"]?.string ?? "Deployment") \(other.name) have \(label.key)=\(value) too, by which "
                + "the Services find their pods, and would get their requests",
            "give one of the two another label"
        )
    }

    /// Services of others that find the target's pods.
    private mutating func warnOfOtherServices(
        _ target: JSONValue,
        _ label: (key: String, value: String),
        _ view: ClusterView
    ) {
        guard let apex = apexName else { return }
        let labels = target[path: "spec", "template", "metadata", "labels"]?.object ?? JSONObject()
        let made = [apex, "\(apex)-primary", "\(apex)-canary"]
        // A Service that finds the pods selects one of their labels at least.
        var found: [String: JSONValue] = [:]
        for member in labels {
            guard let value = member.value.string else { continue }
            let word = ClusterView.Word.selects(key: member.key, value: value)
            for service in view.objects(.services, with: word, namespace: namespace) { found[service.name] = service }
        }
        let others = found.values.filter { service in
            let selector = service[path: "spec", "selector"]?.object ?? JSONObject()
            return !made.contains(service.name) && selector.allSatisfy { labels[$0.key] == $0.value }
        }
        for other in others.sorted(by: { $0.name < $1.name }).prefix(Self.mostNamed) {
            let value = JSONValue.string(targetName ?? "")
            if other[path: "spec", "selector", label.key]?.string == label.value {
                let problem = "its pods leave Service \(other.name)"
                warn("service-loses-pods", Self.targetPath, value, problem, "call \(apex)")
            } else {
                let problem = "Service \(other.name) has old and new pods"
                warn("service-mixes", Self.targetPath, value, problem, "select \(label.key)")
            }
        }
    }

    /// Policies and budgets that hold for the target's pods, and not for those of the primary.
    private mutating func warnOfSelectors(_ label: (key: String, value: String), _ view: ClusterView) {
        let word = ClusterView.Word.selects(key: label.key, value: label.value)
        for type in [ResourceType.networkPolicies, .podDisruptionBudgets] {
            for other in view.objects(type, with: word, namespace: namespace).prefix(Self.mostNamed) {
                warn(
                    "primary-not-selected",
                    Self.targetPath,
                    .string(targetName ?? ""),
                    "\(type.kind) \(other.name) leaves out the primary",
                    "copy it"
                )
            }
        }
    }
}
