package import Admission
package import JSON
import Kubernetes
package import Schema

/// Everything that can be said about a MetricTemplate before it is stored.
package enum MetricTemplateRules {
    /// What is wrong with `template` itself; `isDriven` says that our loop drives the canaries, which reads none yet.
    package static func findings(in template: JSONValue, isDriven: Bool = true) -> [Finding] {
        let validator = SchemaValidator(prefix: MetricTemplateSchema.prefix, schema: MetricTemplateSchema.object)
        var facts = TemplateFacts(template)
        facts.check()
        let findings = validator.findings(in: template) + facts.findings
        guard isDriven else { return findings }
        return findings + [
            Finding(
                "metrictemplate/not-supported-yet",
                .warn,
                at: FieldPath("kind"),
                template["kind"],
                "only the builtin metrics are measured",
                "use those in the Canary"
            )
        ]
    }

    /// What is wrong with `template` among the other objects of the cluster: with the Secret that it names.
    package static func findings(in template: JSONValue, among view: ClusterView) -> [Finding] {
        guard let value = template[path: "spec", "provider", "secretRef", "name"],
            let fault = SecretNeed(template: template)?.fault(in: view, namespace: template.namespace ?? "default")
        else { return [] }
        return [
            Finding(
                "metrictemplate/secret",
                .warn,
                at: FieldPath("spec", "provider", "secretRef", "name"),
                value,
                fault.brief,
                "add it"
            )
        ]
    }
}
