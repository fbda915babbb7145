import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// The ledger as it was read.
extension Snapshot {
    /// Whether there is anything to look up in the ledger, or to write there: a Canary at rest whose primary is there makes
    /// no call for it.
    private var needsLedger: Bool {
        let status = canary.status
        if canary.isDeleting { return !Self.handOverFinalizers.isDisjoint(with: finalizers) }
        if canary.isSuspended { return false }
        switch status.phase {
        case .new: return false
        case .initialized, .succeeded, .failed:
            let isKnown = [status.lastPromotedSpec, status.lastAppliedSpec].contains(revision ?? "")
            return primary == nil || !isKnown || fullName != nil
        case .initializing, .waiting, .progressing, .waitingPromotion, .promoting, .finalising, .terminating,
            .terminated:
            return true
        }
    }

    /// Reads the ledger where it is needed; one that may not be read is none.
    mutating func readLedger(from api: any KubernetesAPI) async throws(KubernetesError) {
        guard needsLedger else { return }
        let objects: [JSONValue]
        do {
            objects = try await api.list(
                .controllerRevisions,
                namespace: canary.namespace,
                labelSelector: LedgerEntry.selector(of: canary)
            ).items
        } catch {
            if error.code == 403 || error.isNotFound { return }
            throw error
        }
        isLedgerRead = true
        entries = objects.compactMap { LedgerEntry($0, of: canary) }.sorted { $0.number > $1.number }
        ledger = entries.map(\.entry)
    }
}
