package import Admission
package import Kubernetes

/// Reads what is in a cluster beside the files.
package enum ClusterReader {
    /// The objects of `types` in all namespaces, as they are now.
    ///
    /// A kind that the cluster does not have counts as one without objects. Of `extras` those that may not be listed are
    /// left out, and then it means nothing that one of them is missing. Of Secrets there is kept what `secrets` keeps.
    ///
    /// - Throws: `KubernetesError` when the API server cannot be reached or does not let them be listed.
    package static func view(
        of api: any KubernetesAPI,
        types: [ResourceType],
        extras: [ResourceType] = [],
        secrets: SecretReader = SecretReader()
    ) async throws(KubernetesError) -> ClusterView {
        var view = ClusterView()
        for type in types + extras {
            do throws(KubernetesError) {
                let items = try await api.list(type, namespace: nil, labelSelector: nil).items
                view.replace(type, with: type == .secrets ? items.map { secrets.kept(of: $0) } : items)
            } catch {
                let isForbidden = error.code == 403 && extras.contains(type)
                guard error.isNotFound || isForbidden else { throw error }
                view.replace(type, with: [])
                if isForbidden { view.expect(type) }
            }
        }
        return view
    }
}
