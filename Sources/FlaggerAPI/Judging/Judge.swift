package import Admission
package import JSON
import Kubernetes
import Schema

/// Judges objects of Flagger's API, by the rules and their modes.
///
/// The webhooks and `lint` ask the same one. It is a pure function of the object, of what it was, and of the picture of
/// the cluster.
package struct Judge: Sendable {
    /// What the rules are asked under: whether our loop drives the canaries, or Flagger does, and more.
    package let settings: RuleSettings
    /// What becomes of each rule's findings.
    package let modes: RuleModes

    package init(isDriving: Bool = true, modes: RuleModes = RuleModes(FlaggerRules.book)) {
        self.init(settings: RuleSettings(isDriven: isDriving), modes: modes)
    }

    /// A judge under `settings`.
    package init(settings: RuleSettings, modes: RuleModes = RuleModes(FlaggerRules.book)) {
        self.settings = settings
        self.modes = modes
    }

    /// Whether our loop drives the canaries; Flagger does where it does not.
    package var isDriving: Bool { settings.isDriven }

    /// What there is to say of `object`, the whole of it, in place of `stored` where it is a change.
    ///
    /// A change that leaves `spec` as it was is let through with warnings: labels and finalizers of an object from
    /// before this server can still be changed. An object of no namespace is taken to be in `default`. Fields are called
    /// as they are in `version`, an API version in which the object was sent before it was converted; nil for its own.
    package func judgement(
        of object: JSONValue,
        as kind: FlaggerKind,
        insteadOf stored: JSONValue? = nil,
        sentIn version: String? = nil,
        in view: ClusterView = ClusterView()
    ) -> Judgement {
        var findings = ownFindings(in: object, kind)
        switch kind {
        case .canary:
            findings += CanaryRules.findings(in: object, among: view, under: settings)
            if let stored {
                findings += CanaryRules.findings(in: object, insteadOf: stored, isDriven: isDriving)
            } else {
                findings += CanaryRules.findings(inNew: object, under: settings)
            }
        case .metricTemplate: findings += MetricTemplateRules.findings(in: object, among: view)
        case .alertProvider: findings += AlertProviderRules.findings(in: object, among: view)
        }
        if kind == .canary {
            findings = CanaryVersions.asSent(findings, about: object, sentIn: version)
            findings += CanaryVersions.deprecations(in: object, sentIn: version)
        }
        let judgement = judged(findings, object, view)
        let leavesSpec = stored.map { $0["spec"] != nil && $0["spec"] == object["spec"] } ?? false
        return leavesSpec ? judgement.asWarnings : judgement
    }

    /// What there is to say of `canary`, as it was sent, for being of a former version.
    package func judgement(ofDeprecationsIn canary: JSONValue, in view: ClusterView) -> Judgement {
        judged(CanaryVersions.deprecations(in: canary), canary, view)
    }

    /// What there is to say of the deletion of `stored`.
    package func judgement(ofDeleting stored: JSONValue, as kind: FlaggerKind, in view: ClusterView) -> Judgement {
        guard kind == .canary else { return judged([], stored, view) }
        return judged(CanaryRules.findings(inDeletionOf: stored, among: view, isDriven: isDriving), stored, view)
    }

    /// What of `object` by itself refuses it, whatever else there is; `view` holds its namespace's labels.
    package func refusals(
        of object: JSONValue,
        as kind: FlaggerKind,
        sentIn version: String? = nil,
        in view: ClusterView
    ) -> Judgement {
        var findings = ownFindings(in: object, kind)
        if kind == .canary { findings = CanaryVersions.asSent(findings, about: object, sentIn: version) }
        let judgement = judged(findings, object, view)
        return Judgement(findings: judgement.findings.filter { $0.severity == .deny })
    }

    /// The findings in the object alone, before modes.
    private func ownFindings(in object: JSONValue, _ kind: FlaggerKind) -> [Finding] {
        switch kind {
        case .canary: CanaryRules.findings(in: object, under: settings)
        case .metricTemplate: MetricTemplateRules.findings(in: object, isDriven: isDriving)
        case .alertProvider: AlertProviderRules.findings(in: object, isDriven: isDriving)
        }
    }

    private func judged(_ findings: [Finding], _ object: JSONValue, _ view: ClusterView) -> Judgement {
        let namespace = view.object(.namespaces, ObjectKey(namespace: nil, name: object.namespace ?? "default"))
        return modes.judgement(of: findings, isDriving: isDriving, in: namespace)
    }
}
