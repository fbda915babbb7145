import Admission
import Kubernetes

extension ManifestReader {
    /// The picture: `cluster` with what was read in place of what it has.
    ///
    /// A kind of which there is nothing is known all the same: that an object is missing then means something.
    func view(over cluster: ClusterView?) -> ClusterView {
        var view = cluster ?? ClusterView()
        for type in types where !view.knows(type) { view.replace(type, with: []) }
        for manifest in manifests where !manifest.object.name.isEmpty {
            view.set(manifest.type, ManifestJudge.current(manifest.object, of: manifest.type))
        }
        return view
    }
}
