import ArgumentParser

/// Who may ask for reviews.
package struct ClientCertificateOptions: ParsableArguments {
    @Option(
        name: .customLong("client-ca"),
        help:
            "PEM file of the authorities of client certificates; reviews then need such a certificate. [CANARYGATE_CLIENT_CA]"
    )
    var authority: String?

    @Option(
        name: .customLong("client-name"),
        help:
            "A name that a client certificate may have, its common name or a DNS name; any by default; may be given several times. [CANARYGATE_CLIENT_NAME, comma-separated]"
    )
    var names: [String] = []

    package init() {}

    /// Puts them, or what `environment` has instead, into `settings`.
    ///
    /// - Throws: `ValidationError` for names without an authority, which would let nobody in, or everybody.
    package func apply(to settings: inout ServerSettings, environment: Settings) throws {
        settings.clientAuthorityPath = try environment.value("CANARYGATE_CLIENT_CA", given: authority)
        settings.clientNames = environment.list("CANARYGATE_CLIENT_NAME", given: names)
        guard !settings.clientNames.isEmpty, settings.clientAuthorityPath == nil else { return }
        let name = settings.clientNames[0]
        throw ValidationError(
            "--client-name: \(name) without --client-ca, expected the authority of client certificates"
        )
    }
}
