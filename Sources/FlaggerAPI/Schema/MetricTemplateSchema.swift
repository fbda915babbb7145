package import Schema

/// The schema of a MetricTemplate.
///
/// Source: Flagger's API `flagger.app/v1beta1`.
package enum MetricTemplateSchema {
    /// What rule ids begin with.
    package static let prefix = "metrictemplate"

    /// The whole object.
    package static let object = Schema.object(
        "A query that Canaries share.",
        [
            .optional("apiVersion", .string("The version of the API: flagger.app/v1beta1.")),
            .optional("kind", .string("The kind of the object: MetricTemplate.")),
            .optional("metadata", .freeForm("Name, namespace, labels, annotations.")),
            .required("spec", spec),
            .optional("status", .freeForm("Unused.")),
        ]
    )

    /// `spec`.
    package static let spec = Schema.object(
        "Whom to ask, and what.",
        [
            .required("provider", provider),
            .required("query", .string("The query, a template in Go's text/template.")),
        ]
    )

    private static let provider = Schema.object(
        "Whom to ask.",
        [
            .required("type", .string("The kind of server.", choices: providers)),
            .optional("address", .string("The server's address.", format: .httpURL)),
            .optional(
                "headers",
                .map("Header fields to send.", of: .list("The field's values.", of: .string("The value.")))
            ),
            .optional("secretRef", .object("The credentials.", [.required("name", .string("The Secret's name."))])),
            .optional("region", .string("The region, for CloudWatch.")),
            .optional("insecureSkipVerify", .boolean("Don't check the server's certificate.")),
        ]
    )

    private static let providers = [
        "prometheus", "influxdb", "datadog", "externalmetrics", "stackdriver", "cloudwatch", "newrelic", "graphite",
        "dynatrace", "keptn", "splunk",
    ]
}
