package import JSON

/// A ConfigMap or Secret that pods read.
package struct ConfigReference: Hashable, Comparable {
    /// `ConfigMap` or `Secret`.
    package let kind: String
    /// Its name.
    package let name: String

    package static func < (left: ConfigReference, right: ConfigReference) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }

    package init(kind: String, name: String) {
        self.kind = kind
        self.name = name
    }

    /// The ConfigMap or Secret as kubectl names it: `configmap/podinfo-config`.
    package var title: String { "\(kind.lowercased())/\(name)" }

    /// Those that the pods of `workload` read: as volumes, projected or not, as variables, and for image pulls not.
    package static func all(in workload: JSONValue) -> Set<ConfigReference> {
        Set(needs(of: workload[path: "spec", "template"] ?? .null).keys)
    }

    /// Those that pods of `template` read, and whether they cannot do without: a pod waits until these are there.
    package static func needs(of template: JSONValue) -> [ConfigReference: Bool] {
        let spec = template["spec"] ?? .null
        let volumes = (spec["volumes"]?.array ?? []).flatMap { [$0] + ($0[path: "projected", "sources"]?.array ?? []) }
        let containers = ["initContainers", "containers", "ephemeralContainers"].flatMap { spec[$0]?.array ?? [] }
        let environments = containers.flatMap { $0["envFrom"]?.array ?? [] }
        let variables = containers.flatMap { $0["env"]?.array ?? [] }.compactMap { $0["valueFrom"] }
        var references: [ConfigReference: Bool] = [:]
        for source in volumes + environments + variables {
            for (key, kind) in kinds {
                guard let reference = source[key], reference.object != nil else { continue }
                let name = reference["name"]?.string ?? reference["secretName"]?.string ?? ""
                guard !name.isEmpty else { continue }
                let found = ConfigReference(kind: kind, name: name)
                let isNeeded = reference["optional"]?.bool != true
                references[found] = isNeeded || references[found] == true
            }
        }
        return references
    }

    private static let kinds = [
        ("configMap", "ConfigMap"), ("configMapRef", "ConfigMap"), ("configMapKeyRef", "ConfigMap"),
        ("secret", "Secret"), ("secretRef", "Secret"), ("secretKeyRef", "Secret"),
    ]
}
