import JSON
import Schema

/// `spec.virtualhost`.
extension HTTPProxySchema {
    static let virtualHost = Schema.object(
        "The host that a root object serves.",
        [
            .required(
                "fqdn",
                .string("The host's name.", format: .hostPattern)
                    .explained(told("fqdn-invalid", "no host name", "write a name such as app.example.com")),
                absence: told("fqdn-missing", "a virtualhost without a name", "write the host's name")
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
            .optional("minimumProtocolVersion", .string("1.2 or 1.3.").standing(for: "1.2")),
            .optional("maximumProtocolVersion", .string("1.2 or 1.3.").standing(for: "1.3")),
            .optional("enableFallbackCertificate", .boolean("Whether clients without a server name are served.")),
            .optional("clientValidation", clientValidation),
        ]
    )

    private static let clientValidation = Schema.object(
        "How clients' certificates are checked.",
        [
            .optional("caSecret", .filled("The authorities' Secret.").explained(clientAuthority)),
            .optional("skipClientCertValidation", .boolean("Whether any certificate will do.")),
            .optional("optionalClientCertificate", .boolean("Whether none will do.")),
            .optional("crlSecret", .filled("The revocation list's Secret.")),
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
                    [
                        .optional("apiVersion", .filled("Its version.").standing(for: "projectcontour.io/v1alpha1")),
                        .optional("namespace", .filled("Its namespace, by default the same.")),
                        .optional("name", .filled("Its name.")),
                    ]
                )
            ),
            .optional(
                "serviceType",
                .string("The protocol of the question.", choices: ["grpc", "http"]).standing(for: "grpc")
            ),
            .optional("httpSettings", httpSettings),
            .optional("authPolicy", authPolicy),
            .optional(
                "responseTimeout",
                .string(
                    "How long an answer may take, by default what the ExtensionService says.",
                    format: .endlessTimeout
                )
                .explained(told("authorization-timeout", "no duration", "write for example 500ms"))
            ),
            .optional("failOpen", .boolean("Whether no answer is a yes.")),
            .optional(
                "withRequestBody",
                .object(
                    "Whether the body goes along.",
                    [
                        .optional(
                            "maxRequestBytes",
                            .integer("How much of it.", Bounds(1, 4_294_967_295)).standing(for: 1_024)
                        ),
                        .optional("allowPartialMessage", .boolean("Whether a part will do.")),
                        .optional("packAsBytes", .boolean("Whether it goes as bytes.")),
                    ]
                )
            ),
        ]
    )

    private static let allowedHeaders = Schema.list(
        "Headers.",
        of: .object(
            "Headers by name, with exactly one operator.",
            [
                .optional("exact", .string("The name is this.")),
                .optional("prefix", .string("The name begins with this.")),
                .optional("suffix", .string("The name ends with this.")),
                .optional("contains", .string("The name holds this.")),
                .optional("ignoreCase", .boolean("Whether case is ignored.")),
            ]
        )
    )

    private static let httpSettings = Schema.object(
        "Details of a question over HTTP; only with serviceType http.",
        [
            .optional("pathPrefix", .string("What stands before the path that is asked.")),
            .optional("allowedAuthorizationHeaders", allowedHeaders),
            .optional("allowedUpstreamHeaders", allowedHeaders),
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
            .required(
                "allowOrigin",
                .filledList("Origins, or expressions for them.", of: .string("An origin.")),
                absence: told("cors-origin", "no origin is allowed", "write origins, or *")
            ),
            .required(
                "allowMethods",
                .filledList("Methods.", of: .string("A method.", format: .token)),
                absence: told("cors-methods", "no method is allowed", "write methods such as GET")
            ),
            .optional("allowHeaders", .filledList("Request headers.", of: .string("A header.", format: .token))),
            .optional("exposeHeaders", .filledList("Response headers.", of: .string("A header.", format: .token))),
            .optional("maxAge", .string("How long an answer holds; 0 for no caching.")),
            .optional("allowPrivateNetwork", .boolean("Whether private networks may be asked.")),
        ]
    )

    private static let jwtProvider = Schema.object(
        "Who signs tokens, and where the keys are.",
        [
            .required("name", .filled("A name to refer to.")),
            .optional("default", .boolean("Whether routes use it that say nothing.")),
            .optional("issuer", .string("The tokens' issuer.")),
            .optional("audiences", .list("The tokens' audiences.", of: .string("An audience."))),
            .optional(
                "remoteJWKS",
                .object(
                    "Keys to be fetched.",
                    [
                        .required("uri", .filled("Where.").explained(keySource), absence: keySource),
                        .optional("validation", upstreamValidation),
                        .optional(
                            "timeout",
                            .string("How long it may take.", format: .timeout).explained(keyDuration)
                                .standing(for: "1s")
                        ),
                        .optional(
                            "cacheDuration",
                            .string("How long they hold.", format: .timeout).explained(keyDuration)
                                .standing(for: "5m")
                        ),
                        .optional(
                            "dnsLookupFamily",
                            .string(
                                "Which addresses, by default what Contour is set to.",
                                choices: ["auto", "v4", "v6"]
                            )
                            .explained(told("jwks-dns-family", "no family", "write auto, v4 or v6"))
                        ),
                    ]
                )
            ),
            .optional(
                "localJWKS",
                .object(
                    "Keys in a Secret.",
                    [
                        .required("secretName", .filled("Its name.").explained(keySource), absence: keySource),
                        .required("key", .filled("Its key.")),
                    ]
                )
            ),
            .optional("forwardJWT", .boolean("Whether the service gets the token.")),
        ]
    )
}
