import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// Carries out actions on the objects of one snapshot.
///
/// Most actions are one call; of the others each call may be the last. A call names the resource version that was read, or
/// creates or deletes, so that it fails rather than overwrite what somebody else did meanwhile.
struct Workshop {
    let api: any KubernetesAPI
    let snapshot: Snapshot
    let ingressClass: String?

    var canary: Canary { snapshot.canary }

    /// Writes the Canary's status, provided that nobody else has since it was read.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when somebody has.
    func record(_ status: CanaryStatus) async throws(KubernetesError) {
        var json = status.json
        // A merge patch takes away only what it names.
        for member in canary.object[path: "status", "trackedConfigs"]?.object ?? JSONObject()
        where json["trackedConfigs"]?.isNull == false && json["trackedConfigs"]?[member.key] == nil {
            json[path: "trackedConfigs", member.key] = .null
        }
        let patch: JSONValue = [
            "metadata": ["resourceVersion": .string(canary.object.resourceVersion)], "status": json,
        ]
        _ = try await api.patch(.canaries, canary.key, .merge(patch), subresource: "status")
    }

    /// Carries out `action`.
    ///
    /// - Throws: `KubernetesError` of the call, or `ControllerError` when what it needs is not in the snapshot.
    func perform(_ action: Action) async throws {
        switch action {
        case .createPrimary: try await createPrimary()
        case .copyTemplate(let revision): try await copyTemplate(revision)
        case .applyAutoscaler: try await applyAutoscaler()
        case .removeStrayAutoscalers: try await removeStrayAutoscalers()
        case .applyService(let role):
            if canary.targetKind == .service { try await createServiceCopy(role) } else { try await applyService(role) }
        case .createRoute(let traffic): try await createRoute(traffic)
        case .shapeRoute(let traffic): try await shapeRoute(traffic)
        case .setTraffic(let traffic): try await setTraffic(traffic)
        case .admitTarget(let revision, let replicas):
            if canary.targetKind == .service {
                try await admitService(revision, replicas)
            } else {
                try await admitTarget(revision, replicas)
            }
        case .scaleTargetToZero: try await scaleTargetToZero()
        case .scalePrimary(let replicas): try await scalePrimary(to: replicas)
        case .restorePrimary(let revision): try await restorePrimary(revision)
        case .applyConfigs: try await applyConfigs()
        case .pauseAutoscaler(let isPaused): try await pauseAutoscaler(isPaused)
        case .applyDisruptionBudget: try await applyDisruptionBudget()
        case .closeGate(let revision, let change): try await closeGate(revision, change)
        case .recordRevision(let entry): try await recordRevision(entry)
        case .markManaged: try await markManaged()
        case .restoreTarget(let replicas): try await restoreTarget(replicas)
        case .handOver: try await handOver()
        case .removeFinalizer: try await removeFinalizer()
        }
    }

    func found(_ object: JSONValue?, _ operation: String, _ name: String) throws -> JSONValue {
        guard let object else { throw stale(operation, "\(name) is not there") }
        return object
    }

    /// Reading the objects again does not help.
    func refused(_ operation: String, _ reason: String) -> ControllerError {
        ControllerError(operation: operation, subject: "for canary \(canary.label)", reason: reason)
    }

    /// Reading the objects again helps.
    func stale(_ operation: String, _ reason: String) -> ControllerError {
        ControllerError(operation: operation, subject: "for canary \(canary.label)", reason: reason, isStale: true)
    }
}
