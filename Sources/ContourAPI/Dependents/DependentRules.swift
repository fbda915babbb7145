package import Admission
package import JSON
import Kubernetes
package import Platform
package import Schema

/// What a change of an object does to the valid HTTPProxies that refer to it; warnings alone.
package enum DependentRules {
    /// What HTTPProxies lose when `stored` becomes `object`, or goes where that is nil.
    ///
    /// - Parameters:
    ///   - stored: the object as it is; of a Secret what `SecretReader` keeps.
    ///   - kind: what it is; of HTTPProxies nothing is said here.
    ///   - object: the same as it is to be; nil where it goes.
    ///   - view: the other objects.
    ///   - settings: how Contour is set up.
    ///   - now: the time, for certificates that are past; nil where it is not asked.
    /// - Returns: the findings, none where no valid HTTPProxy loses anything.
    package static func findings(
        changing stored: JSONValue,
        of kind: ContourKind,
        to object: JSONValue?,
        among view: ClusterView,
        under settings: ContourSettings,
        at now: Timestamp? = nil
    ) -> [Finding] {
        guard kind != .httpProxy, stored[path: "metadata", "deletionTimestamp"]?.string == nil else { return [] }
        let change = ReferentChange(of: kind, from: stored, to: object, in: view)
        var findings: [Finding] = []
        if let dependents = change.dependents(settings) { findings.append(finding(on: change, dependents)) }
        if kind == .secret, let object {
            findings += CertificateRules.findings(changing: stored, to: object, change, settings, at: now)
        }
        return findings
    }

    private static func finding(on change: ReferentChange, _ dependents: Dependents) -> Finding {
        let isGone = change.object == nil
        switch change.kind {
        case .service:
            let isWhole = isGone || change.object.flatMap { Neighbourhood.externalName(of: $0) } != nil
            guard !isWhole, !dependents.ports.isEmpty else {
                return finding("service/needed-by-proxy", isGone ? nil : "spec", change, dependents)
            }
            let ports = dependents.ports.map(String.init)
            let verb = dependents.isOne ? "leads" : "lead"
            return finding(
                "service/port-needed-by-proxy",
                "spec.ports",
                change,
                dependents,
                problem: "\(dependents.title) \(verb) to port \(NameList.text(ports, limit: 3))",
                remedy: "keep it"
            )
        case .secret:
            guard !isGone else { return finding("secret/needed-by-proxy", nil, change, dependents) }
            let problem = "\(dependents.reason), and \(dependents.title) \(dependents.isOne ? "uses" : "use") it"
            return finding(
                "secret/unusable-for-proxy",
                "data",
                change,
                dependents,
                problem: problem,
                remedy: "put it right"
            )
        case .delegation:
            return finding(
                "tlscertificatedelegation/needed-by-proxy",
                isGone ? nil : "spec.delegations",
                change,
                dependents
            )
        case .extensionService, .httpProxy:
            return finding("extensionservice/needed-by-proxy", isGone ? nil : "spec", change, dependents)
        }
    }

    private static func finding(
        _ rule: String,
        _ path: String?,
        _ change: ReferentChange,
        _ dependents: Dependents,
        problem: String? = nil,
        remedy: String? = nil
    ) -> Finding {
        Finding(
            rule: rule,
            severity: .warn,
            path: path ?? "metadata.name",
            value: path == nil ? Finding.shown(.string(change.stored.name)) : "{...}",
            problem: problem ?? "\(dependents.title) \(dependents.isOne ? "needs" : "need") it",
            remedy: remedy ?? (dependents.isOne ? "change that first" : "change these first"),
            effect: dependents.effect,
            reported: dependents.reported
        )
    }
}
