import Admission
import JSON
import Kubernetes
import Schema

/// What pods read beside their template.
extension CanaryFacts {
    /// What Flagger copies for the primary, and what it should have copied.
    mutating func checkCopies(in view: ClusterView) {
        guard let name = targetName, let target = targetObject(in: view) else { return }
        let path = FieldPath("spec", "targetRef", "name")
        let own = ConfigReference.all(in: target)
        for reference in own where reference.kind == "Secret" {
            checkSecret(reference.name, path, name, view)
        }
        var told: Set<String> = []
        for reference in own.sorted() {
            for type in [ResourceType.deployments, .daemonSets] {
                let readers = view.objects(type, with: .reads(reference), namespace: namespace)
                for reader in readers where reader.name != name && !told.contains(reader.name) {
                    let canaries = view.canaries(forTarget: type.kind, namespace: namespace, name: reader.name)
                    guard canaries.contains(where: { $0.name != object.name }) else { continue }
                    told.insert(reader.name)
                    let problem = "\(reference.kind) \(reference.name) is \(reader.name)'s too"
                    warn("config-of-two", path, .string(name), problem, "give each its own")
                }
            }
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
