import Admission
import JSON
import Kubernetes
import Schema

/// What pods read beside their template.
extension CanaryFacts {
    /// Flagger gives the primary copies of ConfigMaps and Secrets, changed by promotion alone; here they are shared.
    mutating func checkConfigs(in view: ClusterView) {
        guard targetKind == "Deployment", let name = targetName, let target = find(.deployments, name, in: view),
            !ConfigReference.all(in: target).isEmpty
        else { return }
        warn(
            "config-shared",
            FieldPath("spec", "targetRef", "name"),
            .string(name),
            "its ConfigMaps and Secrets go live unproven",
            "rename them at each change"
        )
    }

    /// What Flagger copies for the primary, and what it should have copied.
    mutating func checkCopies(in view: ClusterView) {
        guard let name = targetName, let target = targetObject(in: view) else { return }
        let path = FieldPath("spec", "targetRef", "name")
        let own = ConfigReference.all(in: target)
        for reference in own where reference.kind == "Secret" {
            checkSecret(reference.name, path, name, view)
        }
        let others = view.objects(.canaries, namespace: namespace).map { CanaryFacts($0) }
            .filter { $0.object.name != object.name && $0.targetName != name }.sorted {
                $0.object.name < $1.object.name
            }
        for other in others {
            guard let object = other.targetObject(in: view) else { continue }
            let shared = own.intersection(ConfigReference.all(in: object)).min()
            guard let shared else { continue }
            warn(
                "config-of-two",
                path,
                .string(name),
                "\(shared.kind) \(shared.name) is \(other.targetName ?? "")'s too",
                "give each its own"
            )
        }
    }

    private mutating func checkSecret(_ secret: String, _ path: FieldPath, _ name: String, _ view: ClusterView) {
        let copied = ["Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/tls"]
        if let type = find(.secrets, secret, in: view)?["type"]?.string, !copied.contains(type) {
            return warn(
                "secret-untracked",
                path,
                .string(name),
                "Flagger copies no Secret of \(secret)'s type",
                "rename it at each change"
            )
        }
        guard view.knows(.secrets), let copy = find(.secrets, "\(secret)-primary", in: view), !isOwn(copy) else {
            return
        }
        deny(
            "primary-taken",
            path,
            .string(name),
            "the Secret \(secret)-primary is not this Canary's, and Flagger would write over it",
            "rename it"
        )
    }
}

/// A ConfigMap or Secret that pods read.
struct ConfigReference: Hashable, Comparable {
    /// `ConfigMap` or `Secret`.
    let kind: String
    /// Its name.
    let name: String

    static func < (left: ConfigReference, right: ConfigReference) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }

    /// Those that the pods of `workload` read: as volumes, projected or not, as variables, and for image pulls not.
    static func all(in workload: JSONValue) -> Set<ConfigReference> {
        let spec = workload[path: "spec", "template", "spec"] ?? .null
        let volumes = (spec["volumes"]?.array ?? []).flatMap { [$0] + ($0[path: "projected", "sources"]?.array ?? []) }
        let containers = ["initContainers", "containers"].flatMap { spec[$0]?.array ?? [] }
        let environments = containers.flatMap { $0["envFrom"]?.array ?? [] }
        let variables = containers.flatMap { $0["env"]?.array ?? [] }.compactMap { $0["valueFrom"] }
        var references: Set<ConfigReference> = []
        for source in volumes + environments + variables {
            for (key, kind) in kinds {
                guard let reference = source[key], reference.object != nil else { continue }
                let name = reference["name"]?.string ?? reference["secretName"]?.string ?? ""
                references.insert(ConfigReference(kind: kind, name: name))
            }
        }
        return references
    }

    private static let kinds = [
        ("configMap", "ConfigMap"), ("configMapRef", "ConfigMap"), ("configMapKeyRef", "ConfigMap"),
        ("secret", "Secret"), ("secretRef", "Secret"), ("secretKeyRef", "Secret"),
    ]
}
