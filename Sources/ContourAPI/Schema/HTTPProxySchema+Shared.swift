import JSON
import Schema

/// Shapes that stand in several places.
extension HTTPProxySchema {
    private static let headerName = Explanation(
        "httpproxy/header-name-missing",
        "a header condition without a name",
        "write the header's name"
    )
    private static let queryName = Explanation(
        "httpproxy/query-name-missing",
        "a query condition without a name",
        "write the parameter's name"
    )

    static let headerCondition = Schema.object(
        "A header of it.",
        [
            .required("name", .filled("Its name.").explained(headerName), absence: headerName),
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

    static let matchCondition = Schema.object(
        "What a request must be like.",
        [
            .optional("prefix", .string("What its path begins with.")),
            .optional("exact", .string("Its path.")),
            .optional("regex", .string("An expression for its path.")),
            .optional("header", headerCondition),
            .optional(
                "queryParameter",
                .object(
                    "A query parameter of it.",
                    [
                        .required("name", .filled("Its name.").explained(queryName), absence: queryName),
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

    private static let policyName = told(
        "headers-policy-name",
        "a header without a name",
        "write letters, digits and - only"
    )

    static let header = Schema.object(
        "A header.",
        [
            .required("name", .filled("Its name.").explained(policyName), absence: policyName),
            .required("value", .filled("Its value.")),
        ]
    )

    static let headers = Schema.object(
        "Headers changed on the way.",
        [
            .optional("set", .list("Headers given a value, in place of the one they had.", of: header)),
            .optional("remove", .list("Headers taken out.", of: .string("A name."))),
        ]
    )

    static let cookieRewrite = Schema.object(
        "A cookie's attributes.",
        [
            .required("name", .string("The cookie's name.", format: .cookieName)),
            .optional(
                "pathRewrite",
                .object("Its path.", [.required("value", .string("The path.", format: .cookiePath))])
            ),
            .optional(
                "domainRewrite",
                .object("Its domain.", [.required("value", .string("The domain.", format: .cookieDomain))])
            ),
            .optional("secure", .boolean("Whether over TLS only.")),
            .optional("sameSite", .string("To which sites.", choices: ["Strict", "Lax", "None"])),
        ]
    )

    private static let subject = told(
        "subject-names",
        "a validation without a name",
        "write the name that the certificate must be for"
    )
    private static let subjectLength = Explanation(
        "httpproxy/wrong-length",
        "longer than 250 characters",
        "write 1 to 250 characters"
    )
    /// An empty name is told by the checks.
    private static let subjectName = StringFormat(
        name: "text of 1 to 250 characters",
        pattern: nil,
        expected: "1 to 250 characters",
        accepts: { $0.unicodeScalars.count <= 250 }
    )

    static let upstreamValidation = Schema.object(
        "How the service's certificate is checked.",
        [
            .required("caSecret", .string("The authorities' Secret, name or namespace/name.", 1...317)),
            .required(
                "subjectName",
                .string("The name that it must be for.", format: subjectName).explained(subjectLength),
                absence: subject
            ),
            .optional(
                "subjectNames",
                .list("1 to 8 names, the first of which is subjectName.", of: .string("A name."))
            ),
        ]
    )

    static let ipFilter = Schema.object(
        "Addresses.",
        [
            .required("source", .string("Whose address.", choices: ["Peer", "Remote"])),
            .required(
                "cidr",
                .string("An address or a range."),
                absence: told("ip-range-invalid", "no address", "write for example 10.0.0.0/8")
            ),
        ]
    )

    static let loadBalancer = Schema.object(
        "Which endpoint gets a request.",
        [
            .optional(
                "strategy",
                .string("RoundRobin, WeightedLeastRequest, Random, Cookie or RequestHash.").standing(for: "RoundRobin")
            ),
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
                .object("A header that counts.", [.required("headerName", .filled("Its name."))])
            ),
            .optional(
                "queryParameterHashOptions",
                .object("A parameter that counts.", [.required("parameterName", .filled("Its name."))])
            ),
        ]
    )
}
