import JSON
import Schema

/// The entries of `spec.analysis.metrics`, `webhooks` and `alerts`.
extension CanarySchema {
    /// What is said of an empty text where a name must be.
    static let emptyName = Explanation(
        "canary/empty-name",
        "nothing can be found, kept or told of by an empty name",
        "write a name"
    )

    static let metric = Schema.object(
        "One measurement.",
        [
            .required(
                "name",
                .string("request-success-rate, request-duration, or a name of one's own.", format: .someText)
                    .explained(emptyName)
            ),
            .optional(
                "interval",
                .string("How far back is looked.", format: .queryWindow).standing(for: "1m", unless: "templateRef")
            ),
            .optional(
                "threshold",
                .number("The bound: the least success rate in percent, the most of anything else. See thresholdRange.")
            ),
            .optional(
                "thresholdRange",
                .object(
                    "The bounds, themselves allowed.",
                    [
                        .optional("min", .number("The least value.")),
                        .optional("max", .number("The greatest value.")),
                    ]
                )
            ),
            .optional("query", .string("A PromQL query. Deprecated in favour of templateRef.")),
            .optional("templateRef", crossReference("The MetricTemplate.")),
            .optional(
                "templateVariables",
                .map("Values for the template's variables.", of: .string("The value."))
            ),
        ]
    )

    /// The names of a metric's fields.
    static let metricNames = metric.fieldNames

    /// The types of hook that the loop calls.
    static let hookTypes = [
        "confirm-rollout", "pre-rollout", "rollout", "confirm-traffic-increase", "confirm-promotion", "post-rollout",
        "rollback", "event",
    ]

    static let webhook = Schema.object(
        "One hook: a POST that answers with 200 to 202 for yes and anything else for no.",
        [
            .required("name", .string("What it is called in events.", format: .someText).explained(emptyName)),
            .required("url", .string("Where it is sent.", format: .httpURL)),
            .optional("type", .string("When it is called.", choices: [""] + hookTypes).standing(for: "rollout")),
            .optional("timeout", .string("How long one attempt may take.", format: .duration).standing(for: "10s")),
            .optional("retries", .integer("Further attempts.", Bounds(0, 100))),
            .optional("disableTLS", .boolean("Don't check the server's certificate.")),
            .optional("muteAlert", .boolean("Send no alert when it says no.")),
            .optional("metadata", .map("What is sent along.", of: .string("The value."))),
        ]
    )

    static let alert = Schema.object(
        "One receiver of alerts.",
        [
            .required("name", .string("What it is called.")),
            .optional(
                "severity",
                .string("The least severity that is sent.", choices: ["", "info", "warn", "error"]).standing(
                    for: "info"
                )
            ),
            .required("providerRef", crossReference("The AlertProvider.")),
        ]
    )

    private static func crossReference(_ summary: String) -> Schema {
        .object(
            summary,
            [
                .required("name", .string("Its name.", format: .dnsSubdomain)),
                .optional("namespace", .string("Its namespace. Default: the Canary's.", format: .dnsLabel)),
            ]
        )
    }
}
