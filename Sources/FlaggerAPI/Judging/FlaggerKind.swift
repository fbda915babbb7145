package import JSON
package import Kubernetes
package import Schema

/// A kind of Flagger's API.
package enum FlaggerKind: String, CaseIterable, Sendable {
    case canary = "Canary"
    case metricTemplate = "MetricTemplate"
    case alertProvider = "AlertProvider"

    /// The kind of `object`, in whatever version of Flagger's API; nil for anything else.
    package init?(of object: JSONValue) {
        guard object["apiVersion"]?.string?.hasPrefix("\(ResourceType.canaries.group)/") == true,
            let kind = FlaggerKind(rawValue: object["kind"]?.string ?? "")
        else { return nil }
        self = kind
    }

    /// The kind whose rules' ids begin with `prefix`.
    package init?(prefix: String) {
        guard let kind = FlaggerKind.allCases.first(where: { $0.prefix == prefix }) else { return nil }
        self = kind
    }

    /// How the API server addresses it.
    package var type: ResourceType {
        switch self {
        case .canary: .canaries
        case .metricTemplate: .metricTemplates
        case .alertProvider: .alertProviders
        }
    }

    /// What its rules' ids begin with: `metrictemplate`.
    package var prefix: String {
        switch self {
        case .canary: CanarySchema.prefix
        case .metricTemplate: MetricTemplateSchema.prefix
        case .alertProvider: AlertProviderSchema.prefix
        }
    }

    /// The schema of the whole object.
    package var schema: Schema {
        switch self {
        case .canary: CanarySchema.object
        case .metricTemplate: MetricTemplateSchema.object
        case .alertProvider: AlertProviderSchema.object
        }
    }
}
