import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// The revision of the target, and whether it came through the gate.
extension Snapshot {
    /// The digests of the tracked ConfigMaps and Secrets that are there, by `configmap/name` and `secret/name`.
    var configDigests: [String: String] {
        var digests: [String: String] = [:]
        for config in configs {
            guard let source = config.source else { continue }
            digests[config.name.label] = ConfigDigest.of(source)
        }
        return digests
    }

    /// The revision of the target, by the name that the Canary knows it under.
    ///
    /// As long as the Canary has not written down ConfigMaps and Secrets they are no part of it, so that nothing starts
    /// when they begin to be tracked.
    var revision: String? {
        guard let content else { return nil }
        let status = canary.status
        let known = [status.lastPromotedSpec, status.lastAppliedSpec]
        let revision = RevisionDigest.of(template: content, configs: configDigests, known: known)
        guard status.trackedConfigs == nil else { return revision }
        let template = RevisionDigest.template(of: revision)
        return known.contains(template) ? template : revision
    }

    /// Whether the revision may have pods, by the stamp on `gated`: the target, or the copy of a target that is a Service.
    ///
    /// A Deployment that is paused behind an open gate is paused by its team, whose business that is.
    func isAdmitted(_ gated: JSONValue) -> Bool {
        guard let revision else { return false }
        return gated.annotation(GateAnnotations.gate) == GateAnnotations.open && isStamped(gated, revision)
            && gated.annotation(GateAnnotations.configs) == RevisionDigest.configs(of: revision)
    }

    /// Whether the stamp on `target` is that of its template.
    private func isStamped(_ target: JSONValue, _ revision: String) -> Bool {
        target.annotation(GateAnnotations.revision) == RevisionDigest.template(of: revision)
    }

    /// Whether `target` is held back by itself; what is no Deployment cannot be.
    private func isPaused(_ target: JSONValue) -> Bool {
        canary.targetKind == .deployment && target[path: "spec", "paused"]?.bool == true
    }

    /// What the target holds without having come through the gate.
    var slip: GateSlip? {
        let status = canary.status
        guard canary.targetKind != .service, let target, let revision,
            ![status.lastPromotedSpec, status.lastAppliedSpec].contains(revision),
            ![.new, .initializing, .terminating, .terminated].contains(status.phase)
        else { return nil }
        let gate = target.annotation(GateAnnotations.gate)
        guard isStamped(target, revision), gate == GateAnnotations.open || gate == GateAnnotations.closed else {
            return templateSlip(target)
        }
        let author = FieldAuthor(of: target, gate == GateAnnotations.closed ? ["spec", "paused"] : ["metadata"])
        let change = target.annotation(GateAnnotations.change) ?? ""
        if gate == GateAnnotations.closed {
            guard canary.targetKind == .deployment, !isPaused(target) else { return nil }
            return GateSlip(road: .pause, change: change, requestedBy: author.name, since: author.time)
        }
        guard target.annotation(GateAnnotations.configs) == RevisionDigest.configs(of: revision) else {
            return configSlip()
        }
        return GateSlip(road: .stamp, change: change, requestedBy: author.name, since: author.time)
    }

    private func templateSlip(_ target: JSONValue) -> GateSlip {
        let stamp = target.annotation(GateAnnotations.revision)
        let former =
            ledger.first { RevisionDigest.template(of: $0.revision) == stamp }
            ?? ledger.first { $0.revision == canary.status.lastPromotedSpec }
        let author = FieldAuthor(of: target, ["spec", "template"])
        return GateSlip(
            road: .template,
            change: LateChange.text(from: former?.template, to: content ?? .null),
            requestedBy: author.name,
            since: author.time
        )
    }

    /// What the ConfigMaps and Secrets whose digests differ say of themselves, as admission wrote it on them.
    private func configSlip() -> GateSlip {
        let (former, present) = (canary.status.trackedConfigs ?? [:], configDigests)
        let names = Set(former.keys).union(present.keys).filter { former[$0] != present[$0] }.sorted()
        var changes: [String] = []
        var requesters: [String] = []
        var since: Timestamp?
        for name in names {
            let source = configs.first { $0.name.label == name }?.source
            changes.append(
                source?.annotation(GateAnnotations.change) ?? "\(name): \(source == nil ? "removed" : "changed")"
            )
            if let who = source?.annotation(GateAnnotations.requestedBy), !requesters.contains(who) {
                requesters.append(who)
            }
            let time = source?.annotation(GateAnnotations.requestedAt).flatMap { Timestamp(rfc3339: $0) }
            if let time { since = max(since ?? time, time) }
        }
        return GateSlip(
            road: .configs,
            change: OneLine.cut(changes.joined(separator: ", "), to: 250),
            requestedBy: requesters.joined(separator: ", "),
            since: since
        )
    }
}
