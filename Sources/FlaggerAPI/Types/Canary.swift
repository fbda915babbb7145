package import JSON
package import Kubernetes
import Platform

/// A Canary as the loop reads it: typed fields over the object, which stays as it is.
///
/// Source: Flagger's `flagger.app/v1beta1` Canary.
package struct Canary: Sendable {
    /// The object as it was read.
    package let object: JSONValue
    /// Its namespace and name.
    package let key: ObjectKey
    /// What divides the traffic.
    package let provider: CanaryProvider
    /// The workload that teams change.
    package let target: CanaryReference
    /// What the workload is.
    package let targetKind: TargetKind
    /// The target's autoscaler, if it has one.
    package let autoscaler: CanaryReference?
    /// What the autoscaler is; nil when there is none.
    package let scalerKind: ScalerKind?
    /// The queries of the primary's ScaledObject by the names of its triggers, where they differ from the target's.
    package let primaryQueries: [String: String]
    /// The least and the greatest replicas of the primary, where they differ from the autoscaler's.
    package let primaryReplicas: (minimum: Int?, maximum: Int?)
    /// The Services and the route.
    package let service: CanaryService
    /// The Prometheus to ask instead of the one that the process was started with; its URL.
    package let metricsServer: String?
    /// How revisions are analysed.
    package let analysis: CanaryAnalysis
    /// How long a workload may go without getting available.
    package let progressDeadline: Duration
    /// Whether revisions are promoted without checks.
    package let skipsAnalysis: Bool
    /// Whether the loop keeps its hands off.
    package let isSuspended: Bool
    /// Whether the object is being deleted.
    package let isDeleting: Bool
    /// What the loop has written down.
    package let status: CanaryStatus

    /// The name.
    package var name: String { key.name }
    /// The namespace.
    package var namespace: String { key.namespace ?? "default" }
    /// `podinfo.test`: how messages name the Canary.
    package var label: String { "\(name).\(namespace)" }
    /// `podinfo.test`: how messages name the target.
    package var targetLabel: String { "\(target.name).\(namespace)" }
    /// `podinfo-primary`: the promoted workload.
    package var primaryName: String { "\(target.name)-primary" }
    /// `podinfo-primary.test`: how messages name the primary.
    package var primaryLabel: String { "\(primaryName).\(namespace)" }

    /// What makes an object belong to this Canary, and go with it.
    package var ownerReference: JSONValue {
        [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": .string(name), "uid": .string(object.uid),
            "controller": true, "blockOwnerDeletion": true,
        ]
    }

    /// Reads `object`.
    ///
    /// - Throws: `CanaryParseError` naming the field and what it expects; an unknown phase is one.
    package init(_ object: JSONValue) throws(CanaryParseError) {
        let root = CanaryField(path: "", value: object)
        let spec = root["spec"]
        self.object = object
        key = object.key
        let provider = spec["provider"]
        let providerName = try provider.text() ?? ""
        guard let known = providerName.isEmpty ? .contour : CanaryProvider(rawValue: providerName) else {
            throw provider.mismatch(CanaryProvider.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.provider = known
        target = try CanaryReference(spec["targetRef"])
        targetKind = try spec["targetRef"]["kind"].kind(TargetKind.self)
        let scaler = spec["autoscalerRef"]
        autoscaler = try scaler.value == nil ? nil : CanaryReference(scaler)
        scalerKind = try scaler.value == nil ? nil : scaler["kind"].kind(ScalerKind.self)
        let queries = try scaler["primaryScalerQueries"].textMap().map { ($0.name, $0.text) }
        primaryQueries = Dictionary(queries) { _, last in last }
        let replicas = scaler["primaryScalerReplicas"]
        primaryReplicas = (
            try replicas["minReplicas"].int(in: 1...Int(Int32.max)),
            try replicas["maxReplicas"].int(in: 1...Int(Int32.max))
        )
        service = try CanaryService(spec["service"], targetName: target.name)
        analysis = try CanaryAnalysis(
            spec["analysis"],
            namespace: object.namespace ?? "default",
            provider: known
        )
        let server = try spec["metricsServer"].text() ?? ""
        metricsServer = server.isEmpty ? nil : server
        progressDeadline = .seconds(try spec["progressDeadlineSeconds"].int(in: 1...Int(Int32.max)) ?? 600)
        skipsAnalysis = try spec["skipAnalysis"].flag()
        isSuspended = try spec["suspend"].flag()
        isDeleting = root["metadata"]["deletionTimestamp"].value != nil
        status = try CanaryStatus(root["status"])
    }
}
