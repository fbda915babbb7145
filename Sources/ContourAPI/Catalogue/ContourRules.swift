package import Schema

/// The catalogue: each rule that something in this module can find broken has one entry, and its page.
package enum ContourRules {
    /// All of them, by kind and id.
    package static let all: [Rule] = [
        HTTPProxyCatalogue.all, DelegationCatalogue.all, ServiceCatalogue.all, SecretCatalogue.all,
        ExtensionServiceCatalogue.all,
    ]
    .flatMap { $0.sorted { $0.id < $1.id } }

    /// They by id.
    package static let book = RuleBook(all)

    /// Whether Contour's CustomResourceDefinition holds `rule` too, at least in part.
    package static func isInDefinition(_ rule: Rule) -> Bool {
        guard let kind = ContourKind(prefix: rule.prefix), let schema = kind.schema else { return false }
        return SchemaValidator(prefix: kind.prefix, schema: schema).definitionRules.contains(rule.id)
    }
}

extension ContourKind {
    /// The schema of the whole object; nil for the kinds whose form others look after.
    package var schema: Schema? {
        switch self {
        case .httpProxy: HTTPProxySchema.object
        case .delegation: TLSCertificateDelegationSchema.object
        case .service, .secret, .extensionService: nil
        }
    }
}

/// The rules about HTTPProxies, one file for each subject.
enum HTTPProxyCatalogue {
    static let all: [Rule] = [
        structure, forms, hosts, tls, secrets, authorization, tokens, certificates, conditions, includes, ways,
        departures, tcp, bounds, routes, policies, limits, headers, services, weights, canaries,
    ].flatMap(\.self)
}

/// The rules about TLSCertificateDelegations.
enum DelegationCatalogue {
    static let all: [Rule] = [
        structure, meaning, dependents,
    ].flatMap(\.self)
}

/// The rules about Services that routes lead to.
enum ServiceCatalogue {
    static let all: [Rule] = dependents
}

/// The rules about Secrets that HTTPProxies refer to.
enum SecretCatalogue {
    static let all: [Rule] = dependents
}

/// The rules about ExtensionServices that HTTPProxies refer to.
enum ExtensionServiceCatalogue {
    static let all: [Rule] = dependents
}
