package import JSON
package import Kubernetes

/// The checks of the API server on its own kinds that users run into; far from all of them.
///
/// Source: the `validation.go` files of k8s.io/kubernetes/pkg/apis/apps and core.
package enum ObjectValidation {
    /// What is wrong with `object`, of `type`, which is to take the place of `old`; empty when nothing is.
    ///
    /// It knows Deployments and ReplicaSets (replicas, selector, template, containers), the ports of Services, the
    /// names of CustomResourceDefinitions and the registrations of webhooks. The object has its defaults already; `old`
    /// is nil for a creation.
    package static func causes(
        in object: JSONValue,
        _ type: ResourceType,
        replacing old: JSONValue? = nil
    ) -> [FieldCause] {
        switch (type.group, type.plural) {
        case ("apps", "deployments"), ("apps", "replicasets"):
            workload(object["spec"] ?? .object(JSONObject()), old?["spec"], kind: type.kind.lowercased())
        case ("", "services"): service(object["spec"] ?? .object(JSONObject()))
        case ("apiextensions.k8s.io", "customresourcedefinitions"): definition(object)
        case ("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
            ("admissionregistration.k8s.io", "validatingwebhookconfigurations"):
            webhooks(object["webhooks"]?.array ?? [])
        default: []
        }
    }

    // MARK: Workloads

    private static func workload(_ spec: JSONValue, _ old: JSONValue?, kind: String) -> [FieldCause] {
        var causes: [FieldCause] = []
        if let replicas = spec["replicas"]?.int, replicas < 0 {
            causes.append(
                .invalid("spec.replicas", spec["replicas"] ?? 0, "must be greater than or equal to 0")
            )
        }
        causes += selector(spec, kind: kind)
        causes += containers(spec[path: "template", "spec"])
        if let old, old["selector"] != spec["selector"] {
            causes.append(.invalid("spec.selector", spec["selector"] ?? .null, "field is immutable"))
        }
        return causes
    }

    private static func selector(_ spec: JSONValue, kind: String) -> [FieldCause] {
        guard let object = spec["selector"], object.object != nil else { return [.required("spec.selector")] }
        guard object.object?.isEmpty == false else {
            return [.invalid("spec.selector", object, "empty selector is invalid for \(kind)")]
        }
        guard let selector = LabelSelector(object: object) else {
            return [.invalid("spec.selector", object, "invalid label selector")]
        }
        let labels = spec[path: "template", "metadata", "labels"] ?? .object(JSONObject())
        guard !selector.matches(spec["template"]?.labels ?? [:]) else { return [] }
        return [.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")]
    }

    private static func containers(_ pod: JSONValue?) -> [FieldCause] {
        let list = "spec.template.spec.containers"
        guard let containers = pod?["containers"]?.array, !containers.isEmpty else { return [.required(list)] }
        var causes: [FieldCause] = []
        var names: Set<String> = []
        for (index, container) in containers.enumerated() {
            let path = "\(list)[\(index)]"
            let name = container["name"]?.string ?? ""
            if name.isEmpty {
                causes.append(.required("\(path).name"))
            } else if !names.insert(name).inserted {
                let problem = "Duplicate value: \"\(name)\""
                causes.append(
                    FieldCause(field: "\(path).name", reason: "FieldValueDuplicate", message: problem)
                )
            }
            if (container["image"]?.string ?? "").isEmpty { causes.append(.required("\(path).image")) }
        }
        return causes
    }

    // MARK: Services

    private static func service(_ spec: JSONValue) -> [FieldCause] {
        let ports = spec["ports"]?.array ?? []
        guard !ports.isEmpty || spec["type"] == "ExternalName" || spec["clusterIP"] == "None" else {
            return [.required("spec.ports")]
        }
        var causes: [FieldCause] = []
        for (index, port) in ports.enumerated() {
            let path = "spec.ports[\(index)]"
            if ports.count > 1, (port["name"]?.string ?? "").isEmpty { causes.append(.required("\(path).name")) }
            guard let number = port["port"]?.int, (1...65_535).contains(number) else {
                let problem = "must be between 1 and 65535, inclusive"
                causes.append(.invalid("\(path).port", port["port"] ?? 0, problem))
                continue
            }
        }
        return causes
    }
}
