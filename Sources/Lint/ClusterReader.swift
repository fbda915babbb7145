package import Admission
package import Kubernetes

/// Reads what is in a cluster beside the files.
package enum ClusterReader {
    /// The objects of `types` in all namespaces, as they are now.
    ///
    /// A kind that the cluster does not have counts as one without objects.
    ///
    /// - Throws: `KubernetesError` when the API server cannot be reached or does not let them be listed.
    package static func view(
        of api: any KubernetesAPI,
        types: [ResourceType]
    ) async throws(KubernetesError) -> ClusterView {
        var view = ClusterView()
        for type in types {
            do throws(KubernetesError) {
                view.replace(type, with: try await api.list(type, namespace: nil, labelSelector: nil).items)
            } catch {
                guard error.isNotFound else { throw error }
                view.replace(type, with: [])
            }
        }
        return view
    }
}
