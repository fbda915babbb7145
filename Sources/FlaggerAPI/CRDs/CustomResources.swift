package import JSON
import Kubernetes
import Schema

/// The CustomResourceDefinitions of `flagger.app`, made from the schemas that the webhooks check by.
///
/// Names, categories and printer columns are Flagger's, so that scripts go on reading `kubectl get canaries`.
package enum CustomResources {
    /// Canaries, MetricTemplates and AlertProviders.
    package static func crds() -> [JSONValue] { [canaries, metricTemplates, alertProviders].map(\.definition) }

    private static let canaries = CustomResource(
        type: .canaries,
        singular: "canary",
        shortName: "cn",
        spec: CanarySchema.spec,
        status: CanarySchema.status,
        columns: [
            PrinterColumn("Status", ".status.phase"),
            PrinterColumn("Weight", ".status.canaryWeight"),
            PrinterColumn("Suspended", ".spec.suspend", type: "boolean", isWide: true),
            PrinterColumn("FailedChecks", ".status.failedChecks", isWide: true),
            PrinterColumn("Interval", ".spec.analysis.interval", isWide: true),
            PrinterColumn("Mirror", ".spec.analysis.mirror", type: "boolean", isWide: true),
            PrinterColumn("StepWeight", ".spec.analysis.stepWeight", isWide: true),
            PrinterColumn("StepWeights", ".spec.analysis.stepWeights", isWide: true),
            PrinterColumn("MaxWeight", ".spec.analysis.maxWeight", isWide: true),
            PrinterColumn("LastTransitionTime", ".status.lastTransitionTime"),
        ]
    )

    private static let metricTemplates = CustomResource(
        type: .metricTemplates,
        singular: "metrictemplate",
        shortName: "mt",
        spec: MetricTemplateSchema.spec,
        status: conditions,
        columns: [PrinterColumn("Provider", ".spec.provider.type")]
    )

    private static let alertProviders = CustomResource(
        type: .alertProviders,
        singular: "alertprovider",
        shortName: "ap",
        spec: AlertProviderSchema.spec,
        status: conditions,
        columns: [PrinterColumn("Type", ".spec.type")]
    )

    private static let conditions = Schema.object(
        "Unused.",
        [.optional("conditions", .list("Conditions.", of: CanarySchema.condition))]
    )
}
