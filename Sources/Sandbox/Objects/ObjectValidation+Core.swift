import JSON
import Kubernetes

/// What Services, ConfigMaps, Secrets and autoscalers must be.
extension ObjectValidation {
    static func service(_ spec: JSONValue, _ old: JSONValue?) -> [FieldCause] {
        var causes = ports(of: spec)
        let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
        if let type = spec["type"], !types.contains(type.string ?? "") {
            causes.append(.unsupported("spec.type", type, types))
        }
        let isMoved = old.map { $0["clusterIP"] != spec["clusterIP"] } ?? false
        if isMoved, old?["clusterIP"] != nil, old?["type"] != "ExternalName", spec["type"] != "ExternalName" {
            let addresses = JSONValue.array([spec["clusterIP"] ?? ""])
            causes.append(.invalid("spec.clusterIPs[0]", addresses, "may not change once set"))
        }
        return causes
    }

    private static func ports(of spec: JSONValue) -> [FieldCause] {
        let ports = spec["ports"]?.array ?? []
        guard !ports.isEmpty || spec["type"] == "ExternalName" || spec["clusterIP"] == "None" else {
            return [.required("spec.ports")]
        }
        var causes: [FieldCause] = []
        for (index, port) in ports.enumerated() {
            let path = "spec.ports[\(index)]"
            if ports.count > 1, (port["name"]?.string ?? "").isEmpty { causes.append(.required("\(path).name")) }
            for field in ["port", "targetPort"] where field == "port" || port[field]?.int != nil {
                guard !(1...65_535).contains(port[field]?.int ?? 0) else { continue }
                causes.append(
                    .invalid("\(path).\(field)", port[field] ?? 0, "must be between 1 and 65535, inclusive")
                )
            }
        }
        return causes
    }

    static func configMap(_ object: JSONValue, _ old: JSONValue?) -> [FieldCause] {
        let causes = keys(of: object, ["data", "binaryData"])
        return causes + immutability(object, old, ["data", "binaryData"])
    }

    static func secret(_ object: JSONValue, _ old: JSONValue?) -> [FieldCause] {
        var causes = keys(of: object, ["data"])
        if object["type"] == "kubernetes.io/tls" {
            for key in ["tls.crt", "tls.key"] where object["data"]?[key] == nil {
                causes.append(.required("data[\(key)]"))
            }
        }
        if let old, old["type"] != object["type"] {
            causes.append(.invalid("type", object["type"] ?? "", "field is immutable"))
        }
        return causes + immutability(object, old, ["data"])
    }

    private static func keys(of object: JSONValue, _ fields: [String]) -> [FieldCause] {
        fields.flatMap { field in
            (object[field]?.object ?? JSONObject()).map(\.key).filter { !NameFormat.dataKey.fits($0) }
                .map { .invalid("\(field)[\($0)]", .string($0), NameFormat.dataKey.problem) }
        }
    }

    private static func immutability(_ object: JSONValue, _ old: JSONValue?, _ fields: [String]) -> [FieldCause] {
        guard let old, old["immutable"] == true else { return [] }
        let problem = "field is immutable when `immutable` is set"
        let changed = fields.filter { old[$0] != object[$0] } + (object["immutable"] == true ? [] : ["immutable"])
        return changed.map { .forbidden($0, problem) }
    }

    static func autoscaler(_ spec: JSONValue) -> [FieldCause] {
        var causes: [FieldCause] = []
        let (least, most) = (spec["minReplicas"]?.int ?? 1, spec["maxReplicas"]?.int ?? 0)
        if least < 1 {
            let value = JSONValue.number(JSONNumber(least))
            causes.append(.invalid("spec.minReplicas", value, "must be greater than or equal to 1"))
        }
        if most < 1 { causes.append(.required("spec.maxReplicas", "must be set and greater than 0")) }
        if most < least {
            let value = JSONValue.number(JSONNumber(most))
            causes.append(.invalid("spec.maxReplicas", value, "must be greater than or equal to `minReplicas`"))
        }
        let types = (spec["metrics"]?.array ?? []).compactMap { $0["type"]?.string }
        if least == 0, !types.contains("Object"), !types.contains("External") {
            let problem = "must specify at least one Object or External metric to support scaling to zero replicas"
            causes.append(.forbidden("spec.metrics", problem))
        }
        return causes
    }
}
