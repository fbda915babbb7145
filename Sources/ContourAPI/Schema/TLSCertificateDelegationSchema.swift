package import Schema

/// The structure of a TLSCertificateDelegation, field by field.
///
/// Source: the projectcontour.io/v1 API reference.
package enum TLSCertificateDelegationSchema {
    /// The whole object.
    package static let object = Schema.object(
        "Secrets of the object's namespace that HTTPProxies of others may use.",
        [
            .optional("apiVersion", .string("projectcontour.io/v1.")),
            .optional("kind", .string("TLSCertificateDelegation.")),
            .optional("metadata", .freeForm("Standard object metadata.")),
            .required(
                "spec",
                .object(
                    "What is delegated.",
                    [.required("delegations", .list("To whom which Secret.", of: delegation))]
                )
            ),
            .optional("status", .freeForm("Contour writes nothing here.")),
        ]
    )

    private static let delegation = Schema.object(
        "One Secret.",
        [
            .required("secretName", .string("Its name, in the object's namespace.")),
            .required(
                "targetNamespaces",
                .list("Namespaces, by their names; * as the single element for all.", of: .string("A namespace."))
            ),
        ]
    )
}
