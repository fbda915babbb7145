import Schema

/// `spec.virtualhost`.
extension HTTPProxySchema {
    static let virtualHost = Schema.object(
        "The host that a root object serves.",
        [
            .required(
                "fqdn",
                .string("The host's name."),
                absence: Explanation(
                    "httpproxy/fqdn-missing",
                    "a virtualhost without a name (Contour: VirtualHostError/FQDNNotSpecified)",
                    "write the host's name, for example app.example.com"
                )
            ),
            .optional("tls", tls),
            .optional("authorization", authorization),
            .optional("corsPolicy", cors),
            .optional("rateLimitPolicy", rateLimit),
            .optional("jwtProviders", .list("Who signs tokens.", of: jwtProvider)),
            .optional("ipAllowPolicy", .list("Addresses let in.", of: ipFilter)),
            .optional("ipDenyPolicy", .list("Addresses kept out.", of: ipFilter)),
        ]
    )

    private static let tls = Schema.object(
        "How TLS is ended.",
        [
            .optional("secretName", .string("The certificate's Secret, name or namespace/name.")),
            .optional("passthrough", .boolean("Whether TLS goes on to the service.")),
            .optional("minimumProtocolVersion", .string("1.2 or 1.3.")),
            .optional("maximumProtocolVersion", .string("1.2 or 1.3.")),
            .optional("enableFallbackCertificate", .boolean("Whether clients without a server name are served.")),
            .optional("clientValidation", clientValidation),
        ]
    )

    private static let clientValidation = Schema.object(
        "How clients' certificates are checked.",
        [
            .optional("caSecret", .string("The authorities' Secret.")),
            .optional("skipClientCertValidation", .boolean("Whether any certificate will do.")),
            .optional("optionalClientCertificate", .boolean("Whether none will do.")),
            .optional("crlSecret", .string("The revocation list's Secret.")),
            .optional("crlOnlyVerifyLeafCert", .boolean("Whether only the leaf is looked up.")),
            .optional(
                "forwardClientCertificate",
                .object(
                    "What the service is told about the certificate.",
                    ["subject", "cert", "chain", "dns", "uri"].map {
                        .optional($0, .boolean("Whether \($0) is told."))
                    }
                )
            ),
        ]
    )

    private static let authorization = Schema.object(
        "Who says whether a request may pass.",
        [
            .optional(
                "extensionRef",
                .object(
                    "The ExtensionService.",
                    ["apiVersion", "namespace", "name"].map { .optional($0, .string("Its \($0).")) }
                )
            ),
            .optional("serviceType", .string("The protocol of the question.", choices: ["grpc", "http"])),
            .optional("httpSettings", .freeForm("Details of a question over HTTP.")),
            .optional("authPolicy", authPolicy),
            .optional("responseTimeout", .string("How long an answer may take.")),
            .optional("failOpen", .boolean("Whether no answer is a yes.")),
            .optional(
                "withRequestBody",
                .object(
                    "Whether the body goes along.",
                    [
                        .optional("maxRequestBytes", .integer("How much of it.", Bounds(1))),
                        .optional("allowPartialMessage", .boolean("Whether a part will do.")),
                        .optional("packAsBytes", .boolean("Whether it goes as bytes.")),
                    ]
                )
            ),
        ]
    )

    static let authPolicy = Schema.object(
        "Whether requests are authorised.",
        [
            .optional("disabled", .boolean("Whether they are not.")),
            .optional("context", .map("What the server is told.", of: .string("A value."))),
        ]
    )

    private static let cors = Schema.object(
        "What other origins may do.",
        [
            .optional("allowCredentials", .boolean("Whether cookies may be sent.")),
            .required("allowOrigin", .list("Origins, or expressions for them.", of: .string("An origin."))),
            .required("allowMethods", .list("Methods.", of: .string("A method."))),
            .optional("allowHeaders", .list("Request headers.", of: .string("A header."))),
            .optional("exposeHeaders", .list("Response headers.", of: .string("A header."))),
            .optional("maxAge", .string("How long an answer holds.")),
            .optional("allowPrivateNetwork", .boolean("Whether private networks may be asked.")),
        ]
    )

    private static let jwtProvider = Schema.object(
        "Who signs tokens, and where the keys are.",
        [
            .required("name", .string("A name to refer to.")),
            .optional("default", .boolean("Whether routes use it that say nothing.")),
            .optional("issuer", .string("The tokens' issuer.")),
            .optional("audiences", .list("The tokens' audiences.", of: .string("An audience."))),
            .optional(
                "remoteJWKS",
                .object(
                    "Keys to be fetched.",
                    [
                        .required("uri", .string("Where.")),
                        .optional("validation", upstreamValidation),
                        .optional("timeout", .string("How long it may take.")),
                        .optional("cacheDuration", .string("How long they hold.")),
                        .optional(
                            "dnsLookupFamily",
                            .string("Which addresses.", choices: ["auto", "v4", "v6", "all"])
                        ),
                    ]
                )
            ),
            .optional(
                "localJWKS",
                .object(
                    "Keys in a Secret.",
                    [.required("secretName", .string("Its name.")), .optional("key", .string("Its key."))]
                )
            ),
            .optional("forwardJWT", .boolean("Whether the service gets the token.")),
        ]
    )
}
