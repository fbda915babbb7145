import Admission
import JSON
import Kubernetes
import Schema

/// The objects around the Canary.
extension CanaryFacts {
    mutating func checkReferences(in view: ClusterView) {
        refuseSharedTarget(view)
        refuseSharedNames(view)
        warnOfForeignRoute(view)
    }

    private mutating func refuseSharedTarget(_ view: ClusterView) {
        guard let kind = targetKind, let name = targetName else { return }
        // Flagger takes all of one name for the same, whatever their kinds.
        let kinds = isDriven ? [kind] : ["Deployment", "DaemonSet", "Service"]
        let others = kinds.flatMap { view.canaries(forTarget: $0, namespace: namespace, name: name) }
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
        let others = view.canaries(namedLike: names, namespace: namespace).map { CanaryFacts($0) }
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
    }

    /// The names of the Services that are made for `apex`.
    private static func madeNames(_ apex: String) -> Set<String> { [apex, "\(apex)-primary", "\(apex)-canary"] }

    /// The loop keeps its hands off an HTTPProxy that it did not make; Flagger writes over it.
    private mutating func warnOfForeignRoute(_ view: ClusterView) {
        guard usesContour, let apex = apexName, let proxy = find(.httpProxies, apex, in: view), !isOwn(proxy) else {
            return
        }
        let parts = ["virtualhost", "includes", "tcpproxy"].filter { proxy[path: "spec", $0] != nil }
        if let part = parts.first, !isDriven {
            return deny(
                "route-replaced",
                Self.servicePath.member("name"),
                service["name"],
                "HTTPProxy \(apex) has \(part), and Flagger would write over all of its spec",
                "rename it, and let it include \(apex)"
            )
        }
        // What Flagger took over before is nobody's by its owners.
        guard isDriven || phase.isEmpty else { return }
        // What a hand-over has left the loop takes over.
        if isDriven, proxy.annotation(Handover.leftBy) != nil,
            (proxy[path: "metadata", "ownerReferences"]?.array ?? []).isEmpty
        {
            return
        }
        warn(
            "route-taken",
            Self.servicePath.member("name"),
            service["name"],
            isDriven ? "HTTPProxy \(apex) is not this Canary's" : "HTTPProxy \(apex) would be Flagger's",
            "rename one of them"
        )
    }

    /// The object `name` of `type` in the Canary's namespace.
    func find(_ type: ResourceType, _ name: String, in view: ClusterView) -> JSONValue? {
        view.object(type, ObjectKey(namespace: namespace, name: name))
    }

    /// Whether a Canary of this name owns `object`, this one or an earlier one.
    func isOwn(_ object: JSONValue) -> Bool {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        return owners.contains { $0["kind"] == "Canary" && $0["name"]?.string == self.object.name }
    }
}
