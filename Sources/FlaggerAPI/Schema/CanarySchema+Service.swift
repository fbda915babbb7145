import JSON
package import Schema

/// `spec.service`.
extension CanarySchema {
    /// The Services and the route that are made for the workload.
    package static let service = Schema.object(
        "The Services and the route that are made for the workload.",
        [
            .optional(
                "name",
                .string("Name of the Service and of the HTTPProxy. Default: the target's name.", format: .dnsLabel)
            ),
            .required(
                "port",
                .integer("The port that clients call.", portBounds),
                absence: Explanation(
                    "canary/port-out-of-range",
                    "a Service needs a port",
                    "write the port that clients call, for example 80"
                )
            ),
            .optional(
                "portName",
                .string("The port's name.", format: .servicePortName).standing(for: "http").explained(
                    Explanation(
                        "canary/port-name",
                        "no port of a Service can be called so",
                        "write lower-case letters, digits and '-', for example http"
                    )
                )
            ),
            .optional("targetPort", targetPort),
            .optional("appProtocol", .string("What is spoken on the port, as Kubernetes names it: kubernetes.io/h2c.")),
            .optional(
                "trafficDistribution",
                .string("Which endpoints are preferred.", choices: ["PreferClose", "PreferSameZone", "PreferSameNode"])
            ),
            .optional("portDiscovery", .boolean("Give the Services the containers' other ports too.")),
            .optional("headless", .boolean("Make the Services without a cluster IP.")),
            .optional("timeout", .string("How long a response may take.", format: .routeTimeout)),
            .optional("retries", retries),
            .optional(
                "match",
                .list(
                    "What the route matches.",
                    of: .map("One alternative, in Istio's words.", of: .freeForm("What must match."))
                )
            ),
            .optional("apex", metadata("the Service that clients call, and of the HTTPProxy")),
            .optional("primary", metadata("the Service of the promoted revision")),
            .optional("canary", metadata("the Service of the revision that is judged")),
            .optional("unmanagedMetadata", unmanaged),
        ] + otherMeshes
    )

    /// Names of `spec.service` that mean something to other meshes alone.
    static let otherMeshNames = otherMeshes.map(\.name)

    private static let portBounds = Bounds(
        1,
        65_535,
        below: Explanation("canary/port-out-of-range", "not a port", "write 1 to 65535"),
        above: Explanation("canary/port-out-of-range", "not a port", "write 1 to 65535")
    )

    private static let targetPort = {
        let explanation = Explanation(
            "canary/target-port",
            "no container can have such a port",
            "write 1 to 65535, or a name of at most 15 lower-case letters, digits and '-'"
        )
        return Schema.integerOrString(
            "The container's port, by number or by name. Default: the same as port.",
            Bounds(1, 65_535, below: explanation, above: explanation),
            format: .containerPortName
        ).explained(explanation)
    }()

    private static let retries = Schema.object(
        "When and how often Contour repeats a request.",
        [
            .optional(
                "attempts",
                .integer(
                    "How often at most.",
                    Bounds(
                        0,
                        2_147_483_647,
                        below: Explanation(
                            "canary/retry-attempts",
                            "less than no retries",
                            "write 1 or more, or leave retries out"
                        )
                    )
                )
            ),
            .optional("perTryTimeout", .string("How long one attempt may take.", format: .routeTimeout)),
            .optional("retryOn", .string("What is repeated: Envoy's conditions, with commas. Contour's default: 5xx.")),
        ]
    )

    private static func metadata(_ owner: String) -> Schema {
        .object(
            "Labels and annotations of \(owner).",
            [
                .optional("labels", .map("Labels.", of: .string("The value.", format: .labelValue))),
                .optional("annotations", .map("Annotations.", of: .string("The value."))),
            ]
        )
    }

    private static let unmanaged = Schema.object(
        "Names of labels and annotations of the Services that others keep.",
        [
            .optional("labels", .list("Names of labels.", of: .string("The name."))),
            .optional("annotations", .list("Names of annotations.", of: .string("The name."))),
        ]
    )

    private static let otherMeshes: [Field] = [
        .optional("backendTimeout", .string("Gateway API: how long a backend may take.")),
        .optional("gatewayRefs", .list("Gateway API: the gateways.", of: .freeForm("One gateway."))),
        .optional("mirror", .list("Gateway API: where requests are copied to.", of: .freeForm("One target."))),
        .optional("gateways", .list("Istio: the gateways.", of: .string("The name."))),
        .optional("hosts", .list("Istio and Gateway API: the host names.", of: .string("The name."))),
        .optional("delegation", .boolean("Istio: whether a delegate is made.")),
        .optional("trafficPolicy", .freeForm("Istio: the traffic policy.")),
        .optional("rewrite", .freeForm("Istio and Gateway API: how the path and the authority are rewritten.")),
        .optional("headers", .freeForm("Istio and Gateway API: header fields that are set or removed.")),
        .optional("corsPolicy", .freeForm("Istio and Gateway API: the CORS policy.")),
        .optional("meshName", .string("App Mesh: the mesh.")),
        .optional("backends", .list("App Mesh: the backends.", of: .string("The name."))),
    ]
}

extension StringFormat {
    /// A duration as Contour reads it; `0s` is one, and so is `infinity`.
    static let routeTimeout = StringFormat(
        name: "timeout",
        pattern: "^(([0-9]+(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+|infinity|infinite)$",
        expected: "a duration such as 15s",
        accepts: {
            StringFormat.duration.accepts($0) || ["0s", "0ms", "0m", "0h", "infinity", "infinite"].contains($0)
        },
        suggestion: StringFormat.duration.suggestion
    )
}
