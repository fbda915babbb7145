package import JSON
package import Kubernetes

/// The caches of informers that run elsewhere, one for a kind.
package struct InformedObjects: ObjectCache {
    private let informers: [ResourceType: Informer]
    private let reduced: Set<ResourceType>
    private let indexed: Set<ResourceType>

    /// The objects of `informers`; those of the `reduced` kinds are not kept as they are, and so are not shown.
    ///
    /// The informers of the `indexed` kinds have the index `namespace`: they are listed by namespace often.
    package init(_ informers: [Informer], reduced: Set<ResourceType> = [], indexed: Set<ResourceType> = []) {
        self.informers = Dictionary(informers.map { ($0.type, $0) }) { first, _ in first }
        self.reduced = reduced
        self.indexed = indexed
    }

    package func look(at key: ObjectKey, _ type: ResourceType) -> CachedObject {
        guard let informer = informer(of: type, namespace: key.namespace) else { return .unknown }
        if let object = informer.object(key) { return .found(object) }
        // Where not all are watched, one that is not here may be there all the same.
        return isWhole(informer) ? .absent : .unknown
    }

    package func all(_ type: ResourceType, namespace: String?) -> [JSONValue]? {
        guard let informer = informer(of: type, namespace: namespace), isWhole(informer) else { return nil }
        guard let namespace else { return Array(informer.objects.values) }
        if indexed.contains(type) { return informer.objects(in: InformerIndex.namespace.name, under: namespace) }
        return informer.objects.values.filter { $0.namespace == namespace }
    }

    package func availability(of type: ResourceType) -> KindAvailability { informers[type]?.availability ?? .unknown }

    private func informer(of type: ResourceType, namespace: String?) -> Informer? {
        guard let informer = informers[type], informer.hasSynced, !reduced.contains(type) else { return nil }
        guard let watched = informer.selection.namespace, type.isNamespaced else { return informer }
        return watched == namespace ? informer : nil
    }

    private func isWhole(_ informer: Informer) -> Bool {
        informer.selection.labelSelector == nil && informer.selection.fieldSelector == nil
    }
}
