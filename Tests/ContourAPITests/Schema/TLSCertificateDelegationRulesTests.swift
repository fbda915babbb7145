import ContourAPI
import JSON
import Schema
import Testing
import YAML

@Suite(.timeLimit(.minutes(1))) struct TLSCertificateDelegationRulesTests {
    @Test(arguments: [
        CheckCase("{delegations: [{secretName: s, targetNamespaces: ['*']}]}"),
        CheckCase("{delegations: [{secretName: s.tls, targetNamespaces: [a, b]}]}"),
        CheckCase("{}", "spec.delegations missing-field"),
        CheckCase("{delegations: []}", "spec.delegations ~nothing-delegated"),
        CheckCase(
            "{delegations: [{}]}",
            "spec.delegations[0].secretName missing-field",
            "spec.delegations[0].targetNamespaces missing-field"
        ),
        CheckCase(
            "{delegations: [{secretName: '', targetNamespaces: []}]}",
            "spec.delegations[0].secretName secret-name-invalid",
            "spec.delegations[0].targetNamespaces ~no-target"
        ),
        CheckCase(
            "{delegations: [{secretName: edge/s, targetNamespaces: [a, '*', 'team-*', '', a, web]}]}",
            "spec.delegations[0].secretName secret-name-invalid",
            "spec.delegations[0].targetNamespaces[1] wildcard-beside-others",
            "spec.delegations[0].targetNamespaces[2] namespace-invalid",
            "spec.delegations[0].targetNamespaces[3] namespace-invalid",
            "spec.delegations[0].targetNamespaces[4] ~target-duplicate",
            "spec.delegations[0].targetNamespaces[5] ~own-namespace"
        ),
        CheckCase(
            "{delegations: [{secretName: s, targetNamespaces: [a], namespaces: [b]}]}",
            "spec.delegations[0].namespaces ~unknown-field"
        ),
    ])
    func judgesDelegations(example: CheckCase) throws {
        var object = try CheckedProxy.proxy(example.spec)
        object["kind"] = "TLSCertificateDelegation"
        let findings = TLSCertificateDelegationRules.findings(for: object)
        let lines = findings.map { finding in
            let rule = finding.rule.dropFirst("tlscertificatedelegation/".count)
            return "\(finding.path) \(finding.severity == .warn ? "~" : "")\(rule)"
        }
        #expect(lines == example.found)
    }
}
