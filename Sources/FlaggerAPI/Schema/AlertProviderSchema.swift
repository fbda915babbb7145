package import Schema

/// The schema of an AlertProvider.
///
/// Source: Flagger's API `flagger.app/v1beta1`.
package enum AlertProviderSchema {
    /// What rule ids begin with.
    package static let prefix = "alertprovider"

    /// The whole object.
    package static let object = Schema.object(
        "A chat service that is told about rollouts.",
        [
            .optional("apiVersion", .string("The version of the API: flagger.app/v1beta1.")),
            .optional("kind", .string("The kind of the object: AlertProvider.")),
            .optional("metadata", .freeForm("Name, namespace, labels, annotations.")),
            .required("spec", spec),
            .optional("status", .freeForm("Unused.")),
        ]
    )

    /// `spec`.
    package static let spec = Schema.object(
        "Where and how it is told.",
        [
            .required("type", .string("The service.", choices: ["slack", "msteams", "discord", "rocket", "gchat"])),
            .optional("address", .string("The service's address for us.", format: .httpURL)),
            .optional(
                "secretRef",
                .object("Where the address is kept.", [.required("name", .string("The Secret's name."))])
            ),
            .optional("channel", .string("The channel. Default: general.")),
            .optional("username", .string("The name that we go by. Default: flagger.")),
            .optional("proxy", .string("The HTTP proxy on the way.", format: .httpURL)),
        ]
    )
}
