package import Admission
package import JSON
import Kubernetes
import Schema

/// Judges objects of Flagger's API, by the rules and their modes.
///
/// The webhooks and `lint` ask the same one. It is a pure function of the object, of what it was, and of the picture of
/// the cluster.
package struct Judge: Sendable {
    /// Whether our loop drives the canaries; Flagger does where it does not.
    package let isDriving: Bool
    /// What becomes of each rule's findings.
    package let modes: RuleModes

    package init(isDriving: Bool = true, modes: RuleModes = RuleModes(FlaggerRules.book)) {
        self.isDriving = isDriving
        self.modes = modes
    }

    /// What there is to say of `object`, the whole of it, in place of `stored` where it is a change.
    ///
    /// A change that leaves `spec` as it was is let through with warnings: labels and finalizers of an object from
    /// before this server can still be changed. An object of no namespace is taken to be in `default`.
    package func judgement(
        of object: JSONValue,
        as kind: FlaggerKind,
        insteadOf stored: JSONValue? = nil,
        in view: ClusterView = ClusterView()
    ) -> Judgement {
        var findings = ownFindings(in: object, kind)
        if kind == .canary { findings += CanaryRules.findings(in: object, among: view, isDriven: isDriving) }
        if kind == .canary, isDriving, let stored { findings += CanaryRules.findings(in: object, insteadOf: stored) }
        let judgement = judged(findings, object, view)
        let leavesSpec = stored.map { $0["spec"] != nil && $0["spec"] == object["spec"] } ?? false
        return leavesSpec ? judgement.asWarnings : judgement
    }

    /// What there is to say of the deletion of `stored`.
    package func judgement(ofDeleting stored: JSONValue, as kind: FlaggerKind, in view: ClusterView) -> Judgement {
        judged([], stored, view)
    }

    /// What of `object` by itself refuses it, whatever else there is; `view` holds its namespace's labels.
    package func refusals(of object: JSONValue, as kind: FlaggerKind, in view: ClusterView) -> Judgement {
        let judgement = judged(ownFindings(in: object, kind), object, view)
        return Judgement(findings: judgement.findings.filter { $0.severity == .deny })
    }

    /// The findings in the object alone, before modes.
    private func ownFindings(in object: JSONValue, _ kind: FlaggerKind) -> [Finding] {
        switch kind {
        case .canary: CanaryRules.findings(in: object, isDriven: isDriving)
        case .metricTemplate: MetricTemplateRules.findings(in: object, isDriven: isDriving)
        case .alertProvider: AlertProviderRules.findings(in: object, isDriven: isDriving)
        }
    }

    private func judged(_ findings: [Finding], _ object: JSONValue, _ view: ClusterView) -> Judgement {
        let namespace = view.object(.namespaces, ObjectKey(namespace: nil, name: object.namespace ?? "default"))
        return modes.judgement(of: findings, isDriving: isDriving, in: namespace)
    }
}
