package import Schema

/// The catalogue: each rule that something in this module can find broken has one entry, and its page.
package enum FlaggerRules {
    /// All of them, by kind and id.
    package static let all: [Rule] = [CanaryCatalogue.all, MetricTemplateCatalogue.all, AlertProviderCatalogue.all]
        .flatMap { $0.sorted { $0.id < $1.id } }

    /// They by id.
    package static let book = RuleBook(all)

    /// Whether the CustomResourceDefinition holds `rule` too, at least in part, so that the API server refuses by itself
    /// what that covers.
    package static func isInDefinition(_ rule: Rule) -> Bool {
        guard let kind = FlaggerKind(prefix: rule.prefix) else { return false }
        return SchemaValidator(prefix: kind.prefix, schema: kind.schema).definitionRules.contains(rule.id)
    }
}

extension FlaggerKind {
    /// The schemas that the reference page of the kind shows, each with where it stands.
    package var referenceParts: [(path: String, schema: Schema)] {
        [("", schema)] + (self == .canary ? [("status", CanarySchema.status)] : [])
    }
}

/// The rules about Canaries, one file for each subject.
enum CanaryCatalogue {
    static let all: [Rule] = [
        structure, parts, times, weights, target, neighbours, changes, service, metrics, match, support,
        switches, hooks, protocols, workload, namesakes, scalers, routes, deletion, providers, detours, flagger, copies,
        templates, strategies, conditions, updateStrategies,
    ].flatMap(\.self)
}

/// The rules about MetricTemplates.
enum MetricTemplateCatalogue {
    static let all: [Rule] = [structure, providers, queries].flatMap(\.self)
}

/// The rules about AlertProviders.
enum AlertProviderCatalogue {
    static let all: [Rule] = [structure, address].flatMap(\.self)
}
