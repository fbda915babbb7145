import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

extension Snapshot {
    /// The promoted revision by the name that says of its ConfigMaps and Secrets too, where the status has one from an earlier
    /// build that says nothing of them; nil where that is not sure.
    ///
    /// It is sure where the target holds what was promoted, the primary runs that template with its own copies, and each copy
    /// holds what the target's object does. Then both names mean the same, and no analysis is due.
    var fullName: String? {
        let status = canary.status
        let promoted = status.lastPromotedSpec
        guard canary.targetKind != .service, [.initialized, .succeeded].contains(status.phase), !promoted.isEmpty,
            status.lastAppliedSpec == promoted, !RevisionDigest.hasConfigs(promoted),
            status.trackedConfigs == nil || RevisionForm.isFirstVersion(promoted), !configDigests.isEmpty,
            revision == promoted, let content, let primary, primary.annotation(GateAnnotations.revision) == promoted,
            Ownership.foreign(primary, to: canary) == nil, configs.allSatisfy({ $0.state(for: canary) == .current }),
            let target, let label = SelectorLabel(target)
        else { return nil }
        let copy = PrimaryCopy(
            canary: canary,
            target: target,
            label: label,
            copies: configs.copyNames,
            settings: copying
        )
        guard copy.differences(in: primary).isEmpty else { return nil }
        return RevisionDigest.of(template: content, configs: configDigests)
    }
}
