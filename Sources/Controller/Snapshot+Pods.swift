import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout

/// What the pods tell of a workload that is not ready; nobody asks them otherwise.
extension Snapshot {
    mutating func readPods(_ reader: ObjectReader) async throws(KubernetesError) {
        let analysis = canary.analysis
        if let target, let workload = targetWorkload, isUnderWay,
            isShort(workload, threshold: analysis.canaryReadyThreshold)
        {
            targetPods = try await Self.findings(of: target, workload.kind, reader)
        }
        if let primary, let workload = primaryWorkload, isShort(workload, threshold: analysis.primaryReadyThreshold) {
            primaryPods = try await Self.findings(of: primary, workload.kind, reader)
        }
    }

    /// Whether pods of the target are made or serve.
    var isUnderWay: Bool {
        [.progressing, .waitingPromotion, .promoting, .finalising].contains(canary.status.phase)
    }

    private func isShort(_ workload: Workload, threshold: Int) -> Bool {
        workload.kind != .service && workload.replicas > 0 && workload.status.isObserved
            && workload.readiness(threshold: threshold, deadline: canary.progressDeadline, now: Timestamp(seconds: 0))
                != .ready
    }

    private static func findings(
        of object: JSONValue,
        _ kind: TargetKind,
        _ reader: ObjectReader
    ) async throws(KubernetesError) -> PodFindings {
        let selector = (object[path: "spec", "selector", "matchLabels"]?.object ?? JSONObject())
            .map { "\($0.key)=\($0.value.string ?? "")" }.sorted().joined(separator: ",")
        let pods = try await reader.list(.pods, labelSelector: selector)
        switch kind {
        case .deployment:
            let sets = try await reader.list(.replicaSets, labelSelector: selector)
            let revision = object.annotation(revisionAnnotation)
            let current = sets.first { $0.isOwned(by: object) && $0.annotation(revisionAnnotation) == revision }
            return PodFindings(pods.filter { pod in current.map(pod.isOwned) ?? false })
        case .daemonSet:
            let generation = object.annotation(generationAnnotation)
            return PodFindings(
                pods.filter { pod in
                    pod.isOwned(by: object) && (generation == nil || pod.label("pod-template-generation") == generation)
                }
            )
        case .service: return PodFindings([])
        }
    }

    /// By which a Deployment's current ReplicaSet is told.
    private static let revisionAnnotation = "deployment.kubernetes.io/revision"
    /// By which a DaemonSet's pods of the current template are told.
    private static let generationAnnotation = "deprecated.daemonset.template.generation"
}

extension JSONValue {
    fileprivate func isOwned(by owner: JSONValue) -> Bool {
        (self[path: "metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"]?.string == owner.uid }
    }
}
