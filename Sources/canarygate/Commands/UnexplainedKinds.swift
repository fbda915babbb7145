/// Kinds that are judged by rules which have neither pages nor modes yet.
enum UnexplainedKinds {
    /// Their plurals, by what a rule's id begins with.
    private static let plurals = [
        "deployment": "Deployments", "service": "Services", "horizontalpodautoscaler": "HorizontalPodAutoscalers",
        "httpproxy": "HTTPProxies", "tlscertificatedelegation": "TLSCertificateDelegations",
    ]

    /// Those that have rules with ids today.
    static let text = "HTTPProxies"

    /// Why there is nothing to print about the rule `id`; nil where it is of another kind.
    static func refusal(of id: String) -> String? {
        guard id.contains("/"), let plural = plurals[String(id.prefix { $0 != "/" })] else { return nil }
        return "\(id): rules about \(plural) have no pages yet; the finding's own words say what to write"
    }
}
