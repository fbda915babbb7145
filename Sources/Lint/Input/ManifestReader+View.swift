import Admission
import JSON
import Kubernetes

extension ClusterView {
    /// The same, but that a Secret is missing means nothing: few keep theirs beside other manifests, and to Contour a
    /// host without its certificate is no host, so that nothing else could be said of it.
    var withUnknownSecrets: ClusterView {
        var view = self
        view.expect(.secrets)
        return view
    }
}

extension ManifestReader {
    /// The picture: `cluster` with what was read in place of what it has, each object as `current` makes it.
    ///
    /// A kind of which there is nothing is known all the same: that an object is missing then means something.
    func view(
        over cluster: ClusterView?,
        current: (_ object: JSONValue, _ type: ResourceType) -> JSONValue
    ) -> ClusterView {
        var view = cluster ?? ClusterView()
        for type in types where !view.knows(type) { view.replace(type, with: []) }
        for manifest in manifests where !manifest.object.name.isEmpty {
            view.set(manifest.type, current(manifest.object, manifest.type))
        }
        return view
    }
}
