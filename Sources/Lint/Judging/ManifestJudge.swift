import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Schema

/// What the webhooks would say of an object.
///
/// The one place where the checks ask the rules: they are the webhooks' own.
struct ManifestJudge: Sendable {
    /// Where Contour takes HTTPProxies with a virtualhost from; empty for everywhere.
    let rootNamespaces: [String]

    private static let webhooks: [ResourceType: any Webhook] = [
        .canaries: CanaryValidator(), .metricTemplates: MetricTemplateValidator(),
        .alertProviders: AlertProviderValidator(), .httpProxies: HTTPProxyValidator(),
    ]

    /// Whether objects of `type` are judged; others are looked at from those.
    static func judges(_ type: ResourceType) -> Bool { webhooks[type] != nil }

    /// The findings in `object`, as it would be made in the cluster of `view`.
    ///
    /// `stored` is what a real cluster has in its place: what may not change of that is found too. That an object of
    /// before was as wrong is no excuse here, though a webhook only warns then.
    ///
    /// - Throws: a fault of this program.
    func findings(
        in object: JSONValue,
        of type: ResourceType,
        insteadOf stored: JSONValue?,
        among view: ClusterView
    ) throws -> [Finding] {
        guard let webhook = Self.webhooks[type] else { return [] }
        let request = AdmissionRequest(
            uid: "lint",
            group: type.group,
            version: type.version,
            resource: type.plural,
            kind: type.kind,
            name: object.name.isEmpty ? nil : object.name,
            namespace: object.namespace,
            operation: .create,
            username: "lint",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: nil
        )
        var findings = try webhook.verdict(on: request, in: view, now: Timestamp(seconds: 0)).findings
        if type == .canaries, let stored { findings += CanaryRules.findings(in: object, insteadOf: stored) }
        if type == .httpProxies { findings += RootNamespaceRule(rootNamespaces).findings(in: object) }
        return findings
    }
}
