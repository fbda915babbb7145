package import JSON
package import Schema

/// Everything that can be said about an AlertProvider before it is stored.
package enum AlertProviderRules {
    /// What is wrong with `provider` itself; `isDriven` says that our loop drives the canaries, which sends no alerts yet.
    package static func findings(in provider: JSONValue, isDriven: Bool = true) -> [Finding] {
        let validator = SchemaValidator(prefix: AlertProviderSchema.prefix, schema: AlertProviderSchema.object)
        let findings = validator.findings(in: provider)
        guard isDriven else { return findings }
        return findings + [
            Finding(
                "alertprovider/not-supported-yet",
                .warn,
                at: FieldPath("kind"),
                provider["kind"],
                "no alert is sent",
                "read the Canary's Events"
            )
        ]
    }
}
