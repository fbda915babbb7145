import JSON
package import Schema

/// The structure of an HTTPProxy, field by field.
///
/// What the checks of an HTTPProxy find too bears their rules' names, and is told by them alone. Source: the projectcontour.io/v1 API reference and its CRD.
package enum HTTPProxySchema {
    /// The whole object.
    package static let object = Schema.object(
        "Routes of a host, or a part of them that another HTTPProxy includes.",
        [
            .optional("apiVersion", .string("projectcontour.io/v1.")),
            .optional("kind", .string("HTTPProxy.")),
            .optional("metadata", .freeForm("Standard object metadata.")),
            .required("spec", spec),
            .optional("status", .freeForm("What Contour says about the object.")),
        ]
    )

    private static let spec = Schema.object(
        "Host, routes and includes.",
        [
            .optional("virtualhost", virtualHost),
            .optional("routes", .list("HTTP routes.", of: route)),
            .optional("includes", .list("Parts that other objects hold.", of: include)),
            .optional("tcpproxy", tcpProxy),
            .optional("ingressClassName", .string("The Contour that is to serve the object.")),
        ]
    )

    private static let includeName = Explanation(
        "httpproxy/include-name-missing",
        "an include without a name",
        "write the HTTPProxy's name"
    )

    private static let include = Schema.object(
        "Another HTTPProxy's routes, below conditions.",
        [
            .required(
                "name",
                .filled("The HTTPProxy's name.").explained(includeName),
                absence: includeName
            ),
            .optional("namespace", .string("Its namespace, by default the same.")),
            .optional("conditions", .list("What a request must be like.", of: matchCondition)),
        ]
    )

    private static let tcpProxy = Schema.object(
        "Connections handed on as they are.",
        [
            .optional("services", .list("Where to.", of: service)),
            .optional("include", tcpInclude),
            .optional("includes", tcpInclude.deprecated("write include")),
            .optional("loadBalancerPolicy", loadBalancer),
            .optional("healthCheckPolicy", tcpHealthCheck),
        ]
    )

    private static let tcpInclude = Schema.object(
        "The HTTPProxy whose tcpproxy is used.",
        [
            .required("name", .string("Its name.")),
            .optional("namespace", .string("Its namespace, by default the same.")),
        ]
    )

    private static let tcpHealthCheck = Schema.object(
        "How an endpoint is found to be up.",
        [
            .optional("intervalSeconds", .integer("Seconds between two checks.", unnegative).standing(for: 10)),
            .optional("timeoutSeconds", .integer("Seconds until a check has failed.", unnegative).standing(for: 2)),
            .optional("unhealthyThresholdCount", .integer("Failures until it is down.", Bounds(0)).standing(for: 3)),
            .optional("healthyThresholdCount", .integer("Successes until it is up.", Bounds(0)).standing(for: 2)),
        ]
    )
}
