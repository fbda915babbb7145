import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The ConfigMaps and Secrets that the target's pods read.
extension Snapshot {
    mutating func readConfigs(_ reader: ObjectReader) async throws(KubernetesError) {
        guard copying.tracksConfigs, canary.targetKind != .service, let content else { return }
        for name in ConfigPlaces.names(in: content).keys.sorted() {
            let source = try await reader.find(name.kind.resourceType, name.name)
            if let source, !ConfigReferences.isTracked(source) { continue }
            let (copyName, copy) = try await Self.copy(of: name, for: canary, reader)
            configs.append(TrackedConfig(name: name, source: source, copyName: copyName, copy: copy))
        }
    }

    /// Looks whether a promotion that ends before the primary has got its template has changed the copies already.
    ///
    /// What they held of the promoted revision is kept then under its name. That is sure where the name says of ConfigMaps and
    /// Secrets; of another one data may be kept from long ago.
    mutating func readStrayConfigs(_ reader: ObjectReader) async throws(KubernetesError) {
        let status = canary.status
        let promoted = status.lastPromotedSpec
        guard copying.tracksConfigs, canary.targetKind != .service, status.phase == .promoting,
            revision != status.lastAppliedSpec, RevisionDigest.hasConfigs(promoted), let primary,
            primary.annotation(GateAnnotations.revision) == promoted, Ownership.foreign(primary, to: canary) == nil,
            let entry = ledger.first(where: { $0.revision == promoted })
        else { return }
        for name in ConfigPlaces.names(in: entry.template).keys.sorted() {
            let (copyName, copy) = try await Self.copy(of: name, for: canary, reader)
            let found = try await reader.find(name.kind.resourceType, Workshop.keptName(copyName))
            guard let kept = found, Workshop.isKept(kept, of: promoted, for: canary) else { continue }
            let isAsItWas = copy.map { ReducedConfig.holdTheSame($0, kept) || Ownership.foreign($0, to: canary) != nil }
            if isAsItWas != true { hasStrayConfigs = true }
        }
    }

    /// The copy under Flagger's name; where that is another Canary's, or this one has its own, that.
    static func copy(
        of name: ConfigName,
        for canary: Canary,
        _ reader: ObjectReader
    ) async throws(KubernetesError) -> (name: String, copy: JSONValue?) {
        let usual = try await reader.find(name.kind.resourceType, name.primaryName)
        let isAnothers = usual.map { Ownership.isOfAnother($0, than: canary) || isLeft($0, canary) } ?? true
        guard isAnothers else { return (name.primaryName, usual) }
        let ownName = name.ownName(of: canary)
        let own = try await reader.find(name.kind.resourceType, ownName)
        guard own != nil || usual != nil else { return (name.primaryName, nil) }
        return (ownName, own)
    }

    /// Whether `copy` was left by a hand-over, for the pods that still read it.
    private static func isLeft(_ copy: JSONValue, _ canary: Canary) -> Bool {
        copy.annotation(Handover.leftBy) != nil && Ownership.foreign(copy, to: canary) != nil
    }
}
