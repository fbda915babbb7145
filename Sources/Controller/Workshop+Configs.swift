import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The primary's copies of ConfigMaps and Secrets, and what they held before.
///
/// Data that a promotion replaces are kept beside the copy until the next promotion is through, marked with the promoted
/// revision that ran with them: a promotion that fails can be taken back as a whole.
extension Workshop {
    /// Brings all copies to what the target's objects hold.
    ///
    /// A run that breaks off is taken up by the next.
    func applyConfigs() async throws {
        for config in snapshot.configs {
            if case .foreign(let words) = config.state(for: canary) { throw stale("copy configuration", words) }
        }
        for config in snapshot.configs {
            switch config.state(for: canary) {
            case .current, .foreign: continue
            case .missing:
                guard let kept = config.source else { continue }
                let source = try await whole(kept, config.name.kind.resourceType)
                let object = config.made(of: source, for: canary, snapshot.copying)
                _ = try await api.create(config.name.kind.resourceType, object, namespace: canary.namespace)
            case .differs: try await replace(config)
            }
        }
    }

    private func replace(_ config: TrackedConfig) async throws {
        guard let kept = config.copy else { return }
        let type = config.name.kind.resourceType
        let copy = try await whole(kept, type)
        try await keep(copy, type)
        guard let source = try await wholeSource(of: config) else {
            // The revision was tested without it.
            return try await api.delete(type, copy.key)
        }
        guard copy["immutable"]?.bool != true else {
            try await api.delete(type, copy.key)
            let object = config.made(of: source, for: canary, snapshot.copying)
            _ = try await api.create(type, object, namespace: canary.namespace)
            return
        }
        let given = TrackedConfig.given(copy, source, snapshot.copying)
        _ = try await api.update(type, copy.key, given, subresource: nil)
    }

    private func wholeSource(of config: TrackedConfig) async throws -> JSONValue? {
        guard let source = config.source else { return nil }
        return try await whole(source, config.name.kind.resourceType)
    }

    /// What is copied is read whole at that moment: caches keep no values.
    ///
    /// - Throws: `KubernetesError` of the call, or a stale `ControllerError` where it holds something else by now than was
    ///   decided on.
    private func whole(_ kept: JSONValue, _ type: ResourceType) async throws -> JSONValue {
        guard ReducedConfig.isReduced(kept) else { return kept }
        let object = try await api.getWhole(type, kept.key)
        guard object.uid == kept.uid, ReducedConfig.holdTheSame(object, kept) else {
            throw stale("copy configuration", "\(type.kind) \(kept.key) has changed")
        }
        return object
    }

    /// Keeps what `copy` holds, for the primary to be put back; what is kept of the promoted revision already stays.
    private func keep(_ copy: JSONValue, _ type: ResourceType) async throws {
        let reader = ObjectReader(api: api, namespace: canary.namespace)
        let name = Self.keptName(copy.name)
        var kept = TrackedConfig.content(copy)
        kept["immutable"] = nil
        kept["apiVersion"] = "v1"
        kept["kind"] = .string(type.kind)
        var metadata = CopyMetadata.make(name, of: copy, for: canary, CopySettings())
        let promoted = canary.status.lastPromotedSpec
        metadata["annotations"] = [GateAnnotations.revision: .string(promoted)]
        guard let stored = try await reader.find(type, name) else {
            kept["metadata"] = metadata
            _ = try await api.create(type, kept, namespace: canary.namespace)
            return
        }
        if let owner = Ownership.foreign(stored, to: canary) {
            let label = "\(type.kind) \(name).\(canary.namespace)"
            throw refused("keep configuration", "\(label) is \(owner), not this Canary's, and is left alone")
        }
        if stored.annotation(GateAnnotations.revision) == promoted { return }
        metadata["resourceVersion"] = .string(stored.resourceVersion)
        kept["metadata"] = metadata
        _ = try await api.update(type, stored.key, kept, subresource: nil)
    }

    /// Where what the copy of that name held before a promotion is kept.
    static func keptName(_ copyName: String) -> String { "\(copyName)-previous" }

    /// Whether `object` keeps what a copy held when `revision` of `canary` was promoted.
    static func isKept(_ object: JSONValue, of revision: String, for canary: Canary) -> Bool {
        Ownership.foreign(object, to: canary) == nil && object.annotation(GateAnnotations.revision) == revision
    }

    /// Gives the primary the template of `revision` from the ledger, and the data that its copies held then.
    ///
    /// Where it is gone it is made; what is not in its template is the target's.
    func restorePrimary(_ revision: String) async throws {
        guard let entry = snapshot.ledger.first(where: { $0.revision == revision }) else {
            throw stale("restore primary", "the ledger has no revision \(revision)")
        }
        if canary.targetKind == .service { return try await restoreService(entry) }
        var copies: [ConfigName: String] = [:]
        let reader = ObjectReader(api: api, namespace: canary.namespace)
        let names = snapshot.copying.tracksConfigs ? ConfigPlaces.names(in: entry.template).keys.sorted() : []
        for name in names {
            let (copyName, copy) = try await Snapshot.copy(of: name, for: canary, reader)
            let restored = try await restoreData(copyName, copy, name.kind.resourceType, of: revision, reader)
            if restored { copies[name] = copyName }
        }
        guard var given = snapshot.primary else { return try await makePrimary(of: entry, copies) }
        // What holds the revision already has the pods that it should have.
        let isHeld = given.annotation(GateAnnotations.revision) == revision
        given[path: "spec", "template"] = PrimaryTemplate.make(
            from: entry.template,
            label: try snapshot.label(),
            copies: copies,
            configs: isHeld
                ? PrimaryTemplate.configs(in: given[path: "spec", "template"]) : RevisionDigest.configs(of: revision)
        )
        given[path: "metadata", "annotations", GateAnnotations.revision] = .string(revision)
        _ = try await api.update(canary.targetKind.resourceType, given.key, given, subresource: nil)
    }

    private func makePrimary(of entry: RevisionEntry, _ copies: [ConfigName: String]) async throws {
        var source = try found(snapshot.target, "restore primary", canary.targetLabel)
        source[path: "spec", "template"] = entry.template
        let copy = PrimaryCopy(
            canary: canary,
            target: source,
            label: try snapshot.label(),
            copies: copies,
            settings: snapshot.copying
        )
        let primary = copy.made(revision: entry.revision, replicas: replicas(ofPrimaryFor: source))
        _ = try await api.create(canary.targetKind.resourceType, primary, namespace: canary.namespace)
    }

    /// Puts back what the copy held when `revision` was promoted, if that has changed; false when there is no copy.
    private func restoreData(
        _ copyName: String,
        _ copy: JSONValue?,
        _ type: ResourceType,
        of revision: String,
        _ reader: ObjectReader
    ) async throws -> Bool {
        let found = try await reader.find(type, Self.keptName(copyName))
        guard let found, Self.isKept(found, of: revision, for: canary) else {
            return copy.map { Ownership.foreign($0, to: canary) == nil } ?? false
        }
        let kept = try await whole(found, type)
        var restored = TrackedConfig.content(kept)
        restored["apiVersion"] = "v1"
        restored["kind"] = .string(type.kind)
        guard let present = copy else {
            restored["metadata"] = CopyMetadata.make(copyName, of: kept, for: canary, CopySettings())
            _ = try await api.create(type, restored, namespace: canary.namespace)
            return true
        }
        guard Ownership.foreign(present, to: canary) == nil else { return false }
        let copy = try await whole(present, type)
        if TrackedConfig.content(copy) == TrackedConfig.content(kept) { return true }
        if copy["immutable"]?.bool == true {
            try await api.delete(type, copy.key)
            restored["metadata"] = CopyMetadata.make(copyName, of: kept, for: canary, CopySettings())
            _ = try await api.create(type, restored, namespace: canary.namespace)
            return true
        }
        restored["metadata"] = copy["metadata"]
        _ = try await api.update(type, copy.key, restored, subresource: nil)
        return true
    }

    /// The ledger keeps the spec of a Service where it keeps a pod template otherwise.
    private func restoreService(_ entry: RevisionEntry) async throws {
        var source = try found(snapshot.target, "restore primary", canary.targetLabel)
        source["spec"] = entry.template
        let annotations: JSONValue = [GateAnnotations.revision: .string(entry.revision)]
        guard let primary = snapshot.primary else {
            return try await createServiceCopy(.primary, of: source, annotations)
        }
        let given = ServiceCopy.given(primary, source, annotations: annotations)
        _ = try await api.update(.services, primary.key, given, subresource: nil)
    }
}
