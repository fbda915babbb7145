import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout

/// The ledger.
extension Workshop {
    /// Writes `entry` down, over the one of the same beginning, and takes away those that are too old.
    ///
    /// Where that is not allowed it goes without: a rollout does not wait for its ledger.
    func recordRevision(_ entry: RevisionEntry) async throws(KubernetesError) {
        do {
            try await write(entry)
        } catch {
            guard error.code == 403 else { throw error }
        }
    }

    private func write(_ entry: RevisionEntry) async throws(KubernetesError) {
        let same = snapshot.entries.first {
            $0.entry.revision == entry.revision && $0.entry.startedAt?.rfc3339 == entry.startedAt?.rfc3339
        }
        if let same {
            let metadata: JSONValue = [
                "resourceVersion": .string(same.object.resourceVersion),
                "annotations": LedgerEntry.annotations(of: entry),
            ]
            _ = try await api.patch(
                .controllerRevisions,
                same.object.key,
                .merge(["metadata": metadata]),
                subresource: nil
            )
            return
        }
        let number = (snapshot.entries.first?.number ?? 0) + 1
        let object = LedgerEntry.make(entry, of: canary, number: number)
        _ = try await api.create(.controllerRevisions, object, namespace: canary.namespace)
        try await prune(keeping: LedgerEntry.limit - 1)
    }

    /// Takes away all but the newest; the one of the promoted revision stays, as the primary can be put back by it.
    private func prune(keeping limit: Int) async throws(KubernetesError) {
        let promoted = snapshot.entries.first { $0.entry.revision == canary.status.lastPromotedSpec }?.number
        for entry in snapshot.entries.dropFirst(limit) where entry.number != promoted {
            do {
                try await api.delete(.controllerRevisions, entry.object.key)
            } catch {
                guard error.isNotFound else { throw error }
            }
        }
    }
}
