import JSON
import Kubernetes
import Platform

/// The sandbox's stand-in for the controllers that give every namespace a service account and the authority's
/// certificate.
struct NamespaceContents: Sendable {
    private static let serviceAccounts = ResourceType(
        group: "",
        version: "v1",
        plural: "serviceaccounts",
        kind: "ServiceAccount"
    )

    let cluster: InMemoryCluster
    let clock: any WallClock
    /// The certificate in PEM by which the API server is known.
    let authority: String

    /// Keeps all namespaces complete until the task is cancelled.
    func run() async {
        await ReconcileLoop(cluster: cluster, clock: clock, types: [.namespaces]).run {
            reconcile()
            return nil
        }
    }

    /// Puts into each namespace what is missing there.
    func reconcile() {
        for namespace in cluster.objects(.namespaces)
        where namespace[path: "metadata", "deletionTimestamp"] == nil {
            put(Self.serviceAccounts, "default", in: namespace.name, [:])
            put(.configMaps, "kube-root-ca.crt", in: namespace.name, ["data": ["ca.crt": .string(authority)]])
        }
    }

    private func put(_ type: ResourceType, _ name: String, in namespace: String, _ content: JSONValue) {
        guard cluster.object(type, namespace, name) == nil else { return }
        var object = content
        object["apiVersion"] = .string(type.apiVersion)
        object["kind"] = .string(type.kind)
        object["metadata"] = ["name": .string(name), "namespace": .string(namespace)]
        cluster.put(type, object)
    }
}
