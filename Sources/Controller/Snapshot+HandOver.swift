import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// How far a hand-over is.
extension Snapshot {
    /// Reads what only a Canary that is being deleted needs.
    mutating func readNamespace(from api: any KubernetesAPI) async throws(KubernetesError) {
        guard canary.isDeleting else { return }
        do {
            let key = ObjectKey(namespace: nil, name: canary.namespace)
            isNamespaceGoing = try await api.get(.namespaces, key)[path: "metadata", "deletionTimestamp"] != nil
        } catch {
            guard error.isNotFound || error.code == 403 else { throw error }
        }
    }

    func handOverState(at now: Timestamp) -> HandOverState {
        var state = HandOverState()
        guard canary.isDeleting else { return state }
        state.isAwaited = finalizers.contains { Self.handOverFinalizers.contains($0) }
        if let reason = Self.breakGlass(on: canary.object), !Self.isExpired(canary.object, now) {
            state.breakGlass = reason
        }
        state.isNamespaceGoing = isNamespaceGoing
        state.isHandedOver = isHandedOver
        state.verdict = proxy.map(verdict)
        guard canary.targetKind != .service, let target else { return state }
        state.isProven = isProven
        state.isKnown = promotedTemplate != nil
        state.isRestored =
            isMarked && target.annotation(GateAnnotations.gate) == GateAnnotations.open && !isHeldBack(target)
        return state
    }

    /// Ours, and the one that Flagger leaves on a Canary that is taken over from it.
    static let handOverFinalizers: Set<String> = [Handover.finalizer, "finalizer.flagger.app"]

    var finalizers: [String] { Workshop.finalizers(of: canary.object) }

    /// What the target is brought back as: what was promoted; what it holds where nothing was, or the user wants that.
    var handedRevision: String {
        let promoted = canary.status.lastPromotedSpec
        let isAsItIs = canary.object.annotation(GateAnnotations.handOver) == "target"
        return promoted.isEmpty || isAsItIs ? revision ?? "" : promoted
    }

    /// Whether what the target holds may serve.
    var isProven: Bool { revision == handedRevision || isMarked }

    /// Whether the target was brought back, and has not changed since.
    private var isMarked: Bool {
        guard let target, let content else { return false }
        return target.annotation(GateAnnotations.handedOver) == handedRevision
            && target.annotation(GateAnnotations.revision) == RevisionDigest.of(template: content)
    }

    private func isHeldBack(_ target: JSONValue) -> Bool {
        target[path: "spec", "paused"]?.bool == true || target[path: "spec", "replicas"]?.int == 0
    }

    /// The promoted template for the target; nil when it is not known.
    ///
    /// It is the ledger's, where the ConfigMaps and Secrets are still those that were promoted with it; else what the
    /// primary runs, which reads its own copies of them.
    var promotedTemplate: JSONValue? {
        let promoted = canary.status.lastPromotedSpec
        if let template = ledger.first(where: { $0.revision == promoted })?.template, hasConfigs(of: promoted, template)
        {
            return template
        }
        guard let primary, Ownership.foreign(primary, to: canary) == nil,
            primary.annotation(GateAnnotations.revision) == promoted, let target, let label = SelectorLabel(target)
        else { return nil }
        return HandedOver.template(ofPrimary: primary, label: label)
    }

    /// Whether `template` reads now what it read when `revision` was promoted.
    private func hasConfigs(of revision: String, _ template: JSONValue) -> Bool {
        guard let configs = RevisionDigest.configs(of: revision) else { return true }
        let titles = ConfigReferences(of: template).titles
        let digests = configDigests.filter { titles.contains($0.key) }
        return RevisionDigest.configs(of: RevisionDigest.of(template: template, configs: digests)) == configs
    }

    /// Whether the Service that users call and the route lead to the target and are the Canary's no longer, as are the
    /// copies of ConfigMaps and Secrets that the target reads.
    private var isHandedOver: Bool {
        if let apex = services[.apex], needsHandOver(apex: apex) { return false }
        if let proxy, Ownership.foreign(proxy, to: canary) == nil { return false }
        return readCopies.isEmpty
    }

    /// Whether the Service that users call is the Canary's, or was taken over and leads to the primary.
    func needsHandOver(apex: JSONValue) -> Bool {
        guard canary.targetKind != .service else { return false }
        if Ownership.foreign(apex, to: canary) == nil { return true }
        let isOwned = !(apex[path: "metadata", "ownerReferences"]?.array ?? []).isEmpty
        guard !isOwned, let target, let label = SelectorLabel(target) else { return false }
        return !HandedOver.leadsToTarget(apex, label: label)
    }

    /// The primary's copies of ConfigMaps and Secrets that the target reads since it was brought back.
    var readCopies: [(type: ResourceType, object: JSONValue)] {
        configs.compactMap { config in
            guard let source = config.source, Ownership.foreign(source, to: canary) == nil else { return nil }
            return (config.name.kind.resourceType, source)
        }
    }
}
