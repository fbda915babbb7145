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

    /// The findings in `object`, as it would be made in the cluster of `view`.
    ///
    /// `stored` is what a real cluster has in its place: what may not change of that is found too. That an object of
    /// before was as wrong is no excuse here, though a webhook only warns then.
    func findings(
        in object: JSONValue,
        of type: ResourceType,
        insteadOf stored: JSONValue?,
        among view: ClusterView
    ) -> [Finding] {
        if let kind = FlaggerKind.allCases.first(where: { $0.type == type }) {
            let isChange = stored.map { $0["spec"] != object["spec"] } ?? false
            return judge.judgement(of: object, as: kind, insteadOf: isChange ? stored : nil, in: view).findings
        }
        guard type == .httpProxies else { return [] }
        return HTTPProxyRules.findings(for: object) + HTTPProxyRules.findings(for: object, among: view)
            + RootNamespaceRule(rootNamespaces).findings(in: object)
    }
}
