import FlaggerAPI
package import Schema

/// All rules that there are, of Flagger's kinds and of what Contour reads: what `--rule` and the labels of namespaces
/// may name.
package enum RuleCatalogue {
    /// All of them, by kind and id.
    package static let all: [Rule] = FlaggerRules.all + ContourRules.all

    /// They by id.
    package static let book = RuleBook(all)

    /// Whether the CustomResourceDefinition holds `rule` too, at least in part, so that the API server refuses by itself
    /// what that covers.
    package static func isInDefinition(_ rule: Rule) -> Bool {
        FlaggerRules.isInDefinition(rule) || ContourRules.isInDefinition(rule)
    }
}
