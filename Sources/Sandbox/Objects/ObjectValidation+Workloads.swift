import JSON
import Kubernetes

/// What Deployments and ReplicaSets must be.
extension ObjectValidation {
    static func workload(_ spec: JSONValue, _ old: JSONValue?, kind: String) -> [FieldCause] {
        var causes: [FieldCause] = []
        if let replicas = spec["replicas"]?.int, replicas < 0 {
            causes.append(
                .invalid("spec.replicas", spec["replicas"] ?? 0, "must be greater than or equal to 0")
            )
        }
        causes += selector(spec, kind: kind)
        let pod = spec[path: "template", "spec"]
        causes += containers(pod)
        if let policy = pod?["restartPolicy"], policy != "Always" {
            causes.append(.unsupported("spec.template.spec.restartPolicy", policy, ["Always"]))
        }
        if kind == "deployment" { causes += rollout(spec) }
        if let old, old["selector"] != spec["selector"] {
            causes.append(.invalid("spec.selector", spec["selector"] ?? .null, "field is immutable"))
        }
        return causes
    }

    private static func selector(_ spec: JSONValue, kind: String) -> [FieldCause] {
        let labels = spec[path: "template", "metadata", "labels"] ?? .object(JSONObject())
        let mismatch = FieldCause.invalid(
            "spec.template.metadata.labels",
            labels,
            "`selector` does not match template `labels`"
        )
        // One that is missing selects nothing, the template neither.
        guard let object = spec["selector"], object.object != nil else {
            return [.required("spec.selector"), mismatch]
        }
        guard object.object?.isEmpty == false else {
            return [.invalid("spec.selector", object, "empty selector is invalid for \(kind)")]
        }
        guard let selector = LabelSelector(object: object) else {
            return [.invalid("spec.selector", object, "invalid label selector")]
        }
        return selector.matches(spec["template"]?.labels ?? [:]) ? [] : [mismatch]
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
            } else if !NameFormat.label.fits(name) {
                causes.append(.invalid("\(path).name", .string(name), NameFormat.label.problem))
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

    private static func rollout(_ spec: JSONValue) -> [FieldCause] {
        var causes = strategy(spec["strategy"])
        let ready = spec["minReadySeconds"]?.int ?? 0
        for field in ["minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"] {
            guard let value = spec[field], let number = value.int, number < 0 else { continue }
            causes.append(.invalid("spec.\(field)", value, "must be greater than or equal to 0"))
        }
        if let deadline = spec["progressDeadlineSeconds"], let seconds = deadline.int, seconds <= ready {
            causes.append(.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"))
        }
        return causes
    }

    private static func strategy(_ strategy: JSONValue?) -> [FieldCause] {
        let update = strategy?["rollingUpdate"]
        switch strategy?["type"]?.string {
        case "Recreate"?:
            guard update?.object != nil else { return [] }
            let problem = "may not be specified when strategy `type` is 'Recreate'"
            return [.forbidden("spec.strategy.rollingUpdate", problem)]
        case "RollingUpdate"?: return rollingUpdate(update ?? .null)
        // What was stored behind the API's back has no defaults.
        case nil: return []
        case let other?:
            let value: JSONValue = ["Type": .string(other), "RollingUpdate": .null]
            return [.unsupported("spec.strategy", value, ["Recreate", "RollingUpdate"])]
        }
    }

    private static func rollingUpdate(_ update: JSONValue) -> [FieldCause] {
        let path = "spec.strategy.rollingUpdate"
        var causes: [FieldCause] = []
        for field in ["maxUnavailable", "maxSurge"] {
            guard let value = update[field], let problem = fault(inShare: value) else { continue }
            causes.append(.invalid("\(path).\(field)", value, problem))
        }
        guard causes.isEmpty, isNone(update["maxUnavailable"]), isNone(update["maxSurge"]) else { return causes }
        return [.invalid("\(path).maxUnavailable", 0, "may not be 0 when `maxSurge` is 0")]
    }

    /// What is wrong with a number or a percentage.
    private static func fault(inShare value: JSONValue) -> String? {
        if let number = value.int { return number < 0 ? "must be greater than or equal to 0" : nil }
        let text = value.string ?? ""
        guard text.last == "%", text.count > 1, text.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return
                "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex "
                + "used for validation is '[0-9]+%')"
        }
        return nil
    }

    private static func isNone(_ value: JSONValue?) -> Bool {
        value == 0 || value?.string.map { $0.dropLast().allSatisfy { $0 == "0" } } == true
    }
}
