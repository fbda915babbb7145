package import Admission
package import JSON
import Kubernetes
package import Platform
import Schema

/// Judges what Contour reads, by the rules and their modes.
///
/// The webhooks and `lint` ask the same one. It is a pure function of the object, of what it was, and of the picture of
/// the cluster.
package struct ContourJudge: Sendable {
    /// How Contour is set up.
    package let settings: ContourSettings
    /// What becomes of each rule's findings.
    package let modes: RuleModes
    /// Whether our loop drives the canaries; Flagger does where it does not.
    package let isDriving: Bool

    package init(
        settings: ContourSettings = ContourSettings(),
        modes: RuleModes = RuleModes(RuleCatalogue.book),
        isDriving: Bool = true
    ) {
        self.settings = settings
        self.modes = modes
        self.isDriving = isDriving
    }

    /// What there is to say of `object`, the whole of it, in place of `stored` where it is a change.
    ///
    /// Of a change that leaves all that Contour reads nothing is said, and a fault that `stored` has too is a warning
    /// whatever its mode: an old object can still be changed for the better, or its weights be moved. `isStrict` takes
    /// neither for an excuse. An object of no namespace is taken to be in `default`; of a Secret `object` and `stored`
    /// are what `SecretReader` keeps. `now` is the time, for certificates that are past; nil where it is not asked.
    package func judgement(
        of object: JSONValue,
        as kind: ContourKind,
        insteadOf stored: JSONValue? = nil,
        isStrict: Bool = false,
        in view: ClusterView = ClusterView(),
        at now: Timestamp? = nil
    ) -> Judgement {
        if !isStrict, let stored, kind.leavesMeaning(of: stored, object) { return Judgement() }
        let found = findings(in: object, kind, insteadOf: stored, view, now)
        var judgement = judged(found, kind, object, view)
        guard !isStrict, let stored, kind.isJudgedForItself,
            judgement.findings.contains(where: { $0.severity == .deny })
        else { return judgement }
        let known = Set(findings(in: stored, kind, insteadOf: nil, view, now).map { $0.with(.warn) })
        judgement.findings = judgement.findings.map { finding in
            let warning = finding.with(.warn)
            return known.contains(warning) ? warning : finding
        }
        return judgement
    }

    /// What there is to say of the deletion of `stored`.
    package func judgement(ofDeleting stored: JSONValue, as kind: ContourKind, in view: ClusterView) -> Judgement {
        let findings =
            kind == .httpProxy
            ? HTTPProxyRules.findings(deleting: stored, among: view, under: settings)
            : DependentRules.findings(changing: stored, of: kind, to: nil, among: view, under: settings)
        return judged(findings, kind, stored, view)
    }

    /// The findings in the object and its neighbours, before modes.
    private func findings(
        in object: JSONValue,
        _ kind: ContourKind,
        insteadOf stored: JSONValue?,
        _ view: ClusterView,
        _ now: Timestamp?
    ) -> [Finding] {
        if kind == .httpProxy {
            let around = Neighbourhood(of: object.namespace ?? "default", in: view, settings: settings)
            return HTTPProxyRules.findings(in: object, insteadOf: stored, among: view, under: settings)
                + CertificateRules.findings(in: object, among: around, at: now)
        }
        let own = kind == .delegation ? TLSCertificateDelegationRules.findings(for: object) : []
        guard let stored else { return own }
        return own
            + DependentRules.findings(changing: stored, of: kind, to: object, among: view, under: settings, at: now)
    }

    private func judged(
        _ findings: [Finding],
        _ kind: ContourKind,
        _ object: JSONValue,
        _ view: ClusterView
    ) -> Judgement {
        let namespace = view.object(.namespaces, ObjectKey(namespace: nil, name: object.namespace ?? "default"))
        var judgement = modes.judgement(of: findings, isDriving: isDriving, in: namespace)
        // Whoever changes a Service that nothing is said of is no reader of the labels of the rules.
        if !kind.isJudgedForItself, findings.isEmpty { judgement.notes = [] }
        return judgement
    }
}

extension ContourKind {
    /// Where the class of an HTTPProxy stands beside its spec.
    private static let classes = ["projectcontour.io/ingress.class", "kubernetes.io/ingress.class"]

    /// Whether `new` in place of `old` changes nothing that Contour reads.
    fileprivate func leavesMeaning(of old: JSONValue, _ new: JSONValue) -> Bool {
        switch self {
        case .httpProxy:
            old["spec"] != nil && old["spec"] == new["spec"]
                && Self.classes.allSatisfy { old.annotation($0) == new.annotation($0) }
        case .delegation: old["spec"] != nil && old["spec"] == new["spec"]
        // Annotations name a Service's protocols, and a Secret has no spec.
        case .service, .secret, .extensionService: false
        }
    }
}
