package import JSON
package import Schema

/// Everything that can be said about a MetricTemplate before it is stored.
package enum MetricTemplateRules {
    /// What is wrong with `template` itself; `isDriven` says that our loop drives the canaries, which reads none yet.
    package static func findings(in template: JSONValue, isDriven: Bool = true) -> [Finding] {
        let validator = SchemaValidator(prefix: MetricTemplateSchema.prefix, schema: MetricTemplateSchema.object)
        let findings = validator.findings(in: template)
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
}
