package import JSON
package import Kubernetes
package import Platform

/// An API whose reads come from informers, with the answers to our own writes laid over them until the informers have
/// caught up.
///
/// So nobody who writes through it reads a state from before his own writes, though one from before somebody else's; each
/// write must name the version that was read. After a write that failed, whatever the reason, the server is asked. So it
/// is for what no informer keeps. A kind that is not installed counts as one without objects.
package final class CachedAPI: KubernetesAPI {
    private let api: any KubernetesAPI
    private let cache: any ObjectCache
    private let clock: any WallClock
    private let keep: @Sendable (ResourceType, JSONValue) -> JSONValue
    private let overlay = Locked(ReadOverlay())
    private let counts = Locked(ReadFigures())

    /// Reads from `cache` and asks `api` for the rest; layers grow old by `clock`.
    ///
    /// `keep` makes of an object what may be kept of it, as the informers' does.
    package init(
        _ api: any KubernetesAPI,
        cache: any ObjectCache,
        clock: any WallClock,
        keep: @escaping @Sendable (ResourceType, JSONValue) -> JSONValue = { $1 }
    ) {
        self.keep = keep
        self.api = api
        self.cache = cache
        self.clock = clock
    }

    /// How often what was read from where.
    package var figures: ReadFigures {
        var figures = counts.withLock { $0 }
        figures.layers = overlay.withLock { $0.count }
        return figures
    }

    /// Takes in what an informer told, after its cache has changed; whether it told what we wrote, and so no news.
    package func see(_ type: ResourceType, _ event: InformerEvent) -> Bool {
        overlay.withLock { $0.see(type, event) }
    }

    /// Asks the server for the objects of `type` that `isDoubtful` selects when they are next read: another one may have
    /// written them a moment ago.
    package func doubt(_ type: ResourceType, where isDoubtful: (JSONValue) -> Bool) {
        let keys = (cache.all(type, namespace: nil) ?? []).filter(isDoubtful).map(\.key)
        overlay.withLock { overlay in for key in keys { overlay.doubt(type, key) } }
    }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        let now = clock.now()
        let answer = overlay.withLock { [cache] overlay in
            // Within the lock, so that no layer goes for a state that is older than what was kept when it was laid.
            overlay.answer(type, key, cache.look(at: key, type), at: now)
        }
        switch answer {
        case .found(let object):
            counts.withLock { $0.cached += 1 }
            return object
        case .absent:
            counts.withLock { $0.cached += 1 }
            throw Self.notFound(type.operation("get", key), type, key)
        case .unknown: return try await ask(type, key)
        }
    }

    package func getWhole(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await ask(type, key)
    }

    private func ask(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        counts.withLock { $0.asked += 1 }
        do throws(KubernetesError) {
            let object = try await api.get(type, key)
            lay(type, object)
            return object
        } catch {
            let now = clock.now()
            if error.isNotFound {
                overlay.withLock { [cache] in $0.lose(type, key, cache.look(at: key, type), at: now) }
            }
            throw error
        }
    }

    private func lay(_ type: ResourceType, _ object: JSONValue) {
        let (now, kept) = (clock.now(), keep(type, object))
        overlay.withLock { [cache] in $0.store(type, kept, cache.look(at: object.key, type), at: now) }
    }

    private func doubt(_ type: ResourceType, _ key: ObjectKey) {
        guard cache.look(at: key, type) != .unknown else { return }
        overlay.withLock { $0.doubt(type, key) }
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        guard let cached = cache.all(type, namespace: namespace), let selector = LabelSelector(labelSelector ?? "")
        else {
            counts.withLock { $0.asked += 1 }
            return try await api.list(type, namespace: namespace, labelSelector: labelSelector)
        }
        counts.withLock { $0.cached += 1 }
        var objects = Dictionary(cached.map { ($0.key, $0) }) { first, _ in first }
        let (stored, gone) = overlay.withLock { $0.layers(of: type) }
        for object in stored where namespace == nil || object.namespace == namespace {
            if !ReadOverlay.hasCaughtUp(objects[object.key], with: object) { objects[object.key] = object }
        }
        for key in gone { objects[key] = nil }
        let selected = objects.values.filter { selector.matches(Self.labels(of: $0)) }
        return ObjectList(
            items: selected.sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) },
            resourceVersion: ""
        )
    }

    private static func labels(of object: JSONValue) -> [String: String] {
        var labels: [String: String] = [:]
        for member in object[path: "metadata", "labels"]?.object ?? JSONObject() {
            labels[member.key] = member.value.string
        }
        return labels
    }

    private static func notFound(_ operation: String, _ type: ResourceType, _ key: ObjectKey) -> KubernetesError {
        KubernetesError(
            operation: operation,
            code: 404,
            reason: "NotFound",
            message: "\(type.qualifiedPlural) \"\(key.name)\" not found"
        )
    }
}

extension CachedAPI {
    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        let key = ObjectKey(namespace: type.isNamespaced ? namespace : nil, name: object.name)
        return try await written(type, key) { () async throws(KubernetesError) in
            try await self.api.create(type, object, namespace: namespace)
        }
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await written(type, key) { () async throws(KubernetesError) in
            try await self.api.update(type, key, object, subresource: subresource)
        }
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await written(type, key) { () async throws(KubernetesError) in
            try await self.api.patch(type, key, patch, subresource: subresource)
        }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        // Gone, or on its way out: only the server knows, and only it knows where the call has failed.
        do throws(KubernetesError) { try await api.delete(type, key) } catch {
            doubt(type, key)
            throw error
        }
        doubt(type, key)
    }

    /// Lays the answer to `write` over what is kept; where it fails, the next read asks the server.
    private func written(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ write: () async throws(KubernetesError) -> JSONValue
    ) async throws(KubernetesError) -> JSONValue {
        do throws(KubernetesError) {
            let stored = try await write()
            // A subresource of another kind, such as Scale, is no state of the object.
            if stored["kind"]?.string == type.kind { lay(type, stored) } else { doubt(type, key) }
            return stored
        } catch {
            // One that was not sent has changed nothing.
            if !error.isNotLeading { doubt(type, key) }
            throw error
        }
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        try await api.watch(type, namespace: namespace, resourceVersion: resourceVersion)
    }
}
