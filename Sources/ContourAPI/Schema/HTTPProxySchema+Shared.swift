import Schema

/// Shapes that stand in several places.
extension HTTPProxySchema {
    static let matchCondition = Schema.object(
        "What a request must be like.",
        [
            .optional("prefix", .string("What its path begins with.")),
            .optional("exact", .string("Its path.")),
            .optional("regex", .string("An expression for its path.")),
            .optional(
                "header",
                .object(
                    "A header of it.",
                    [
                        .required(
                            "name",
                            .string("Its name."),
                            absence: Explanation(
                                "httpproxy/header-name-missing",
                                "a header condition without a name",
                                "write the header's name"
                            )
                        ),
                        .optional("present", .boolean("It is there.")),
                        .optional("notpresent", .boolean("It is not there.")),
                        .optional("contains", .string("It holds this.")),
                        .optional("notcontains", .string("It does not hold this.")),
                        .optional("exact", .string("It is this.")),
                        .optional("notexact", .string("It is not this.")),
                        .optional("regex", .string("The whole of it matches this.")),
                        .optional("ignoreCase", .boolean("Whether case is ignored.")),
                        .optional("treatMissingAsEmpty", .boolean("Whether a missing one is an empty one.")),
                    ]
                )
            ),
            .optional(
                "queryParameter",
                .object(
                    "A query parameter of it.",
                    [
                        .required(
                            "name",
                            .string("Its name."),
                            absence: Explanation(
                                "httpproxy/query-name-missing",
                                "a query condition without a name",
                                "write the parameter's name"
                            )
                        ),
                        .optional("exact", .string("It is this.")),
                        .optional("prefix", .string("It begins with this.")),
                        .optional("suffix", .string("It ends with this.")),
                        .optional("regex", .string("The whole of it matches this.")),
                        .optional("contains", .string("It holds this.")),
                        .optional("ignoreCase", .boolean("Whether case is ignored.")),
                        .optional("present", .boolean("It is there.")),
                    ]
                )
            ),
        ]
    )

    private static let header = Schema.object(
        "A header.",
        [.required("name", .string("Its name.")), .required("value", .string("Its value."))]
    )

    static let headers = Schema.object(
        "Headers changed on the way.",
        [
            .optional("set", .list("Headers given a value.", of: header)),
            .optional("remove", .list("Headers taken out.", of: .string("A name."))),
        ]
    )

    static let cookieRewrite = Schema.object(
        "A cookie's attributes.",
        [
            .required("name", .string("The cookie's name.")),
            .optional("pathRewrite", .object("Its path.", [.required("value", .string("The path."))])),
            .optional("domainRewrite", .object("Its domain.", [.required("value", .string("The domain."))])),
            .optional("secure", .boolean("Whether over TLS only.")),
            .optional("sameSite", .string("To which sites.", choices: ["Strict", "Lax", "None"])),
        ]
    )

    static let rateLimit = Schema.object(
        "How many requests are let through.",
        [
            .optional(
                "local",
                .object(
                    "Counted by each proxy.",
                    [
                        .required("requests", .integer("How many.", Bounds(1))),
                        .required("unit", .string("In which time.", choices: ["second", "minute", "hour"])),
                        .optional("burst", .integer("How many more at once.", Bounds(0))),
                        .optional("responseStatusCode", .integer("The refusal's status.", Bounds(400, 599))),
                        .optional("responseHeadersToAdd", .list("The refusal's headers.", of: header)),
                    ]
                )
            ),
            .optional(
                "global",
                .object(
                    "Counted by a service.",
                    [
                        .optional("disabled", .boolean("Whether not at all.")),
                        .optional("descriptors", .freeForm("What is counted.")),
                    ]
                )
            ),
        ]
    )

    static let upstreamValidation = Schema.object(
        "How the service's certificate is checked.",
        [
            .required("caSecret", .string("The authorities' Secret, name or namespace/name.")),
            .required("subjectName", .string("The name that it must be for.")),
            .optional("subjectNames", .list("The names, the first of which is subjectName.", of: .string("A name."))),
        ]
    )

    static let ipFilter = Schema.object(
        "Addresses.",
        [
            .required("source", .string("Whose address.", choices: ["Peer", "Remote"])),
            .required("cidr", .string("An address or a range.")),
        ]
    )

    static let loadBalancer = Schema.object(
        "Which endpoint gets a request.",
        [
            .optional("strategy", .string("RoundRobin, WeightedLeastRequest, Random, Cookie or RequestHash.")),
            .optional("requestHashPolicies", .list("What is hashed.", of: hashPolicy)),
        ]
    )

    private static let hashPolicy = Schema.object(
        "One part of the hash.",
        [
            .optional("terminal", .boolean("Whether it is the last where it is there.")),
            .optional("hashSourceIP", .boolean("Whether the client's address counts.")),
            .optional(
                "headerHashOptions",
                .object("A header that counts.", [.required("headerName", .string("Its name."))])
            ),
            .optional(
                "queryParameterHashOptions",
                .object("A parameter that counts.", [.required("parameterName", .string("Its name."))])
            ),
        ]
    )
}
