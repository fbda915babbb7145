import Admission

extension ConfigReferences {
    /// The references as kubectl names them, `configmap/podinfo-config`: the keys of `RevisionDigest`'s `configs`.
    package var titles: Set<String> { Set(all.map(\.title)) }
}
