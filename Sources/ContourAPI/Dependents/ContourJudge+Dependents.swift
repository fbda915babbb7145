package import Admission
package import JSON
import Kubernetes
package import Platform
import Schema

extension ContourJudge {
    /// What there is to say of `stored`, an object that HTTPProxies may refer to, becoming `object`, or going where that
    /// is nil.
    ///
    /// `now` is the time, for certificates that are past; nil where it is not asked.
    package func judgement(
        changing stored: JSONValue,
        of kind: ContourKind,
        to object: JSONValue?,
        in view: ClusterView,
        at now: Timestamp? = nil
    ) -> Judgement {
        let findings = DependentRules.findings(
            changing: stored,
            of: kind,
            to: object,
            among: view,
            under: settings,
            at: now
        )
        // Whoever changes a Service that nothing is said of is no reader of the labels of the rules.
        guard !findings.isEmpty else { return Judgement() }
        let namespace = view.object(.namespaces, ObjectKey(namespace: nil, name: stored.namespace ?? "default"))
        return modes.judgement(of: findings, isDriving: isDriving, in: namespace)
    }
}
