import JSON
import Schema

/// `rateLimitPolicy` of a host and of a route.
extension HTTPProxySchema {
    private static let requests = told("rate-limit-requests", "lets nothing through", "write 1 or more")
    private static let unit = told("rate-limit-unit", "a rate limit without a unit", "write second, minute or hour")

    static let rateLimit = Schema.object(
        "How many requests are let through.",
        [
            .optional(
                "local",
                .object(
                    "Counted by each proxy.",
                    [
                        .required(
                            "requests",
                            .integer("How many.", Bounds(1, 4_294_967_295, below: requests)),
                            absence: requests
                        ),
                        .required(
                            "unit",
                            .string("In which time.", choices: ["second", "minute", "hour"]).explained(unit),
                            absence: unit
                        ),
                        .optional(
                            "burst",
                            .integer("How many more at once.", Bounds(0, 4_294_967_295)).standing(for: 0)
                        ),
                        .optional(
                            "responseStatusCode",
                            .integer("The refusal's status.", Bounds(400, 599)).standing(for: 429)
                        ),
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
                        .optional("descriptors", .filledList("What is counted.", of: descriptor)),
                    ]
                )
            ),
        ]
    )

    private static let descriptor = Schema.object(
        "One thing that is counted.",
        [.required("entries", .filledList("Its parts.", of: entry))]
    )

    private static let entry = Schema.object(
        "A part of what is counted; exactly one of the fields.",
        [
            .optional(
                "genericKey",
                .object(
                    "A fixed key.",
                    [
                        .optional("key", .string("Its name.").standing(for: "generic_key")),
                        .required("value", .filled("Its value.")),
                    ]
                )
            ),
            .optional(
                "requestHeader",
                .object(
                    "The value of a header.",
                    [
                        .required("headerName", .filled("The header's name.")),
                        .required("descriptorKey", .filled("The key that it is counted under.")),
                    ]
                )
            ),
            .optional(
                "requestHeaderValueMatch",
                .object(
                    "Whether headers match.",
                    [
                        .optional("headers", .filledList("The headers.", of: headerCondition)),
                        .optional("expectMatch", .boolean("Whether they have to match.").standing(for: true)),
                        .required("value", .filled("What is counted then.")),
                    ]
                )
            ),
            .optional("remoteAddress", .object("The client's address.", [])),
        ]
    )
}
