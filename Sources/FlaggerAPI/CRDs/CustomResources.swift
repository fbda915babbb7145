package import JSON
import Kubernetes
import Schema

/// The CustomResourceDefinitions of `flagger.app`, made from the schemas that the webhooks check by.
///
/// Names, categories and printer columns are Flagger's, so that scripts go on reading `kubectl get canaries`.
package enum CustomResources {
    /// Canaries, MetricTemplates and AlertProviders.
    ///
    /// Canaries are served in `v1alpha3` too where there is a webhook that converts them; without one a Canary in that
    /// version is refused by the API server, as the kind has no such version.
    package static func crds(conversion: ConversionWebhook? = nil) -> [JSONValue] {
        [canaries(conversion), metricTemplates, alertProviders].map(\.definition)
    }

    private static func canaries(_ conversion: ConversionWebhook?) -> CustomResource {
        let current = CustomResourceVersion(
            name: ResourceType.canaries.version,
            spec: CanarySchema.spec.openAPI,
            status: CanarySchema.status,
            columns: canaryColumns(.current)
        )
        let former = CustomResourceVersion(
            name: "v1alpha3",
            spec: CanarySchema.formerSpec,
            status: CanarySchema.status,
            columns: canaryColumns(.former),
            deprecation: """
                \(CanaryVersions.former) Canary is deprecated; write \(CanaryVersions.current), in which canaryAnalysis is \
                called analysis
                """
        )
        return CustomResource(
            type: .canaries,
            singular: "canary",
            shortName: "cn",
            versions: conversion == nil ? [current] : [current, former],
            conversion: conversion?.value(path: CanaryConverter().path)
        )
    }

    private static func canaryColumns(_ names: CanaryNames) -> [PrinterColumn] {
        let analysis = ".spec.\(names.rawValue)"
        return [
            PrinterColumn("Status", ".status.phase"),
            PrinterColumn("Weight", ".status.canaryWeight"),
            PrinterColumn("Suspended", ".spec.suspend", type: "boolean", isWide: true),
            PrinterColumn("FailedChecks", ".status.failedChecks", isWide: true),
            PrinterColumn("Interval", "\(analysis).interval", isWide: true),
            PrinterColumn("Mirror", "\(analysis).mirror", type: "boolean", isWide: true),
            PrinterColumn("StepWeight", "\(analysis).stepWeight", isWide: true),
            PrinterColumn("StepWeights", "\(analysis).stepWeights", isWide: true),
            PrinterColumn("MaxWeight", "\(analysis).maxWeight", isWide: true),
            PrinterColumn("Iterations", "\(analysis).iterations", type: "integer", isWide: true),
            PrinterColumn("Step", ".status.step", type: "integer", isWide: true),
            PrinterColumn("Steps", ".status.steps", type: "integer", isWide: true),
            PrinterColumn("NextCheck", ".status.nextCheckTime", isWide: true),
            PrinterColumn("Reason", ".status.history[0].reason", isWide: true),
            PrinterColumn("LastTransitionTime", ".status.lastTransitionTime"),
        ]
    }

    private static let metricTemplates = CustomResource(
        type: .metricTemplates,
        singular: "metrictemplate",
        shortName: "mt",
        versions: [
            CustomResourceVersion(
                name: ResourceType.metricTemplates.version,
                spec: MetricTemplateSchema.spec.openAPI,
                status: conditions,
                columns: [PrinterColumn("Provider", ".spec.provider.type")]
            )
        ]
    )

    private static let alertProviders = CustomResource(
        type: .alertProviders,
        singular: "alertprovider",
        shortName: "ap",
        versions: [
            CustomResourceVersion(
                name: ResourceType.alertProviders.version,
                spec: AlertProviderSchema.spec.openAPI,
                status: conditions,
                columns: [PrinterColumn("Type", ".spec.type")]
            )
        ]
    )

    private static let conditions = Schema.object(
        "Unused.",
        [.optional("conditions", .list("Conditions.", of: CanarySchema.condition))]
    )
}
