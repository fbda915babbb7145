import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Schema

/// What the webhooks would say of an object.
///
/// The one place where the checks ask the rules: they are the webhooks' own.
struct ManifestJudge: Sendable {
    /// Where Contour takes HTTPProxies with a virtualhost from; empty for everywhere.
    let rootNamespaces: [String]
    private let judge = Judge()

    init(rootNamespaces: [String]) { self.rootNamespaces = rootNamespaces }

    /// Whether objects of `type` are judged; others are looked at from those.
    static func judges(_ type: ResourceType) -> Bool {
        type == .httpProxies || FlaggerKind.allCases.contains { $0.type == type }
    }

    /// `object`, which nobody has converted yet, in the version that is judged and that others see it in.
    static func current(_ object: JSONValue, of type: ResourceType) -> JSONValue {
        type == .canaries ? CanaryVersions.current(of: object) : object
    }

    /// The findings in `object`, as it would be made in the cluster of `view`.
    ///
    /// `stored` is what a real cluster has in its place: what may not change of that is found too. That an object of
    /// before was as wrong is no excuse here, though a webhook only warns then. Paths name the fields as `object` does.
    func findings(
        in object: JSONValue,
        of type: ResourceType,
        insteadOf stored: JSONValue?,
        among view: ClusterView
    ) -> [Finding] {
        if let kind = FlaggerKind.allCases.first(where: { $0.type == type }) {
            let current = Self.current(object, of: type)
            let isChange = stored.map { $0["spec"] != current["spec"] } ?? false
            let judgement = judge.judgement(of: current, as: kind, insteadOf: isChange ? stored : nil, in: view)
            guard kind == .canary else { return judgement.findings }
            return judgement.findings.map { Self.renamed($0, in: object) } + CanaryVersions.deprecations(in: object)
        }
        guard type == .httpProxies else { return [] }
        return HTTPProxyRules.findings(for: object) + HTTPProxyRules.findings(for: object, among: view)
            + RootNamespaceRule(rootNamespaces).findings(in: object)
    }

    /// The finding with the field called as `canary` calls it.
    private static func renamed(_ finding: Finding, in canary: JSONValue) -> Finding {
        let path = CanaryVersions.path(finding.path, in: canary)
        guard path != finding.path else { return finding }
        return Finding(
            rule: finding.rule,
            severity: finding.severity,
            path: path,
            value: finding.value,
            problem: finding.problem,
            remedy: finding.remedy
        )
    }
}
