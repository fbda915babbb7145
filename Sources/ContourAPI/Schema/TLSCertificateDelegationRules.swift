package import JSON
import Kubernetes
package import Schema

/// What can be wrong with a TLSCertificateDelegation.
///
/// Contour says nothing about one, whatever is in it: what does not work delegates nothing. Source: Contour's
/// documentation of certificate delegation.
package enum TLSCertificateDelegationRules {
    private static let prefix = "tlscertificatedelegation"

    /// What is wrong with `delegation` by itself.
    package static func findings(for delegation: JSONValue) -> [Finding] {
        let form = SchemaValidator(prefix: prefix, schema: TLSCertificateDelegationSchema.object).findings(
            in: delegation
        )
        var findings = form.map { $0.rule == "\(prefix)/unknown-field" ? $0.with(.warn) : $0 }
        let path = FieldPath("spec", "delegations")
        guard let entries = delegation[path: "spec", "delegations"]?.array else { return findings }
        if entries.isEmpty {
            findings.append(warning("nothing-delegated", path, entries, "delegates nothing", "add a Secret"))
        }
        for (index, entry) in entries.enumerated() {
            findings += secretFindings(entry, at: path.element(index))
            findings += targetFindings(entry, of: delegation.namespace, at: path.element(index))
        }
        return findings
    }

    private static func warning(
        _ rule: String,
        _ path: FieldPath,
        _ value: [JSONValue],
        _ problem: String,
        _ remedy: String
    ) -> Finding {
        Finding("\(prefix)/\(rule)", .warn, at: path, .array(value), problem, remedy)
    }

    private static func secretFindings(_ entry: JSONValue, at path: FieldPath) -> [Finding] {
        guard let name = entry["secretName"]?.string, !isObjectName(name) else { return [] }
        return [
            Finding(
                "\(prefix)/secret-name-invalid",
                at: path.member("secretName"),
                .string(name),
                name.isEmpty ? "no name of a Secret" : "\(name) is no name of a Secret of this namespace",
                "write the Secret's name without a namespace"
            )
        ]
    }

    /// Whether `text` can be a Secret's name.
    private static func isObjectName(_ text: String) -> Bool { HostName.isName(text) && text.utf8.count <= 253 }

    private static func targetFindings(_ entry: JSONValue, of own: String?, at path: FieldPath) -> [Finding] {
        let path = path.member("targetNamespaces")
        guard let targets = entry["targetNamespaces"]?.array else { return [] }
        guard !targets.isEmpty else {
            return [warning("no-target", path, targets, "delegates to nobody", "add a namespace")]
        }
        var seen: Set<String> = []
        return targets.enumerated().compactMap { index, target in
            guard let name = target.string else { return nil }
            let isNew = seen.insert(name).inserted
            guard let fault = fault(in: name, isAlone: targets.count == 1, isNew: isNew, own: own) else { return nil }
            return Finding(
                "\(prefix)/\(fault.rule)",
                fault.severity,
                at: path.element(index),
                target,
                fault.problem,
                fault.remedy
            )
        }
    }

    private struct Fault {
        let rule: String
        let severity: Finding.Severity
        let problem: String
        let remedy: String
    }

    private static func fault(in name: String, isAlone: Bool, isNew: Bool, own: String?) -> Fault? {
        if !isNew {
            return Fault(rule: "target-duplicate", severity: .warn, problem: "stands there twice", remedy: "keep one")
        }
        if name == "*" {
            guard !isAlone else { return nil }
            let remedy = "write * as the single element, or the namespaces by name"
            return Fault(
                rule: "wildcard-beside-others",
                severity: .deny,
                problem: "grants nothing beside other elements",
                remedy: remedy
            )
        }
        if !HostName.isName(name) || name.contains(".") || name.utf8.count > 63 {
            let problem = name.isEmpty ? "no name of a namespace" : "\(name) is no name of a namespace"
            let remedy = "write namespaces by name, each in full, or a single *"
            return Fault(rule: "namespace-invalid", severity: .deny, problem: problem, remedy: remedy)
        }
        guard name == own else { return nil }
        return Fault(rule: "own-namespace", severity: .warn, problem: "needs no delegation", remedy: "take it out")
    }
}
