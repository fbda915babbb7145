package import Admission
package import JSON
import Kubernetes
package import Schema

/// Everything that can be said about an AlertProvider before it is stored.
package enum AlertProviderRules {
    /// What is wrong with `provider` itself; `isDriven` says that our loop drives the canaries, which sends no alerts yet.
    package static func findings(in provider: JSONValue, isDriven: Bool = true) -> [Finding] {
        let validator = SchemaValidator(prefix: AlertProviderSchema.prefix, schema: AlertProviderSchema.object)
        let findings = validator.findings(in: provider) + address(of: provider)
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

    /// What is wrong with `provider` among the other objects of the cluster: with the Secret that it names.
    package static func findings(in provider: JSONValue, among view: ClusterView) -> [Finding] {
        guard let value = provider[path: "spec", "secretRef", "name"],
            let fault = SecretNeed(provider: provider)?.fault(in: view, namespace: provider.namespace ?? "default")
        else { return [] }
        let path = FieldPath("spec", "secretRef", "name")
        return [Finding("alertprovider/secret", .warn, at: path, value, fault.brief, "add it")]
    }

    /// An address stands in the object or in a Secret, and in one of the two alone.
    private static func address(of provider: JSONValue) -> [Finding] {
        let spec = provider["spec"] ?? .null
        guard spec.object != nil else { return [] }
        let path = FieldPath("spec", "address")
        switch (spec["address"], spec["secretRef"]) {
        case (let address?, _?):
            return [
                Finding(
                    "alertprovider/address-twice",
                    at: path,
                    address,
                    "stands beside secretRef, and Flagger's CRD takes one of the two alone",
                    "remove it, and keep the address in the Secret under the key address"
                )
            ]
        case (nil, nil):
            return [
                Finding(
                    "alertprovider/no-address",
                    at: path,
                    nil,
                    "nothing says where messages are sent",
                    "write the webhook's URL, or secretRef: {name: ...} with a Secret that has it under the key address"
                )
            ]
        default: return []
        }
    }
}
