import JSON
package import Schema

/// The schema of a Canary.
///
/// Source: Flagger's API `flagger.app/v1beta1`.
package enum CanarySchema {
    /// What rule ids begin with.
    package static let prefix = "canary"

    /// The whole object.
    ///
    /// `metadata` and `status` are not looked into: the API server and the loop keep them.
    package static let object = Schema.object(
        "A workload whose new revisions are given traffic step by step and measured before they are promoted.",
        [
            .optional("apiVersion", .string("The version of the API: flagger.app/v1beta1.")),
            .optional("kind", .string("The kind of the object: Canary.")),
            .optional("metadata", .freeForm("Name, namespace, labels, annotations.")),
            .required("spec", spec),
            .optional("status", .freeForm("What the loop knows about the rollout.")),
        ]
    )

    /// `spec`.
    package static let spec = Schema.object(
        "What is rolled out, where its traffic comes from, and how a new revision is judged.",
        [
            .optional(
                "provider",
                .string(
                    "What routes the traffic. CanaryGate drives contour, and kubernetes: plain Services.",
                    choices: providers
                )
            ),
            .optional(
                "metricsServer",
                .string("Address of the Prometheus that builtin metrics are asked of.", format: .httpURL)
            ),
            .required(
                "targetRef",
                targetRef,
                absence: Explanation(
                    "canary/missing-field",
                    "must be there",
                    "write targetRef: {apiVersion: apps/v1, kind: Deployment, name: ...}"
                )
            ),
            .optional("autoscalerRef", autoscalerRef),
            .optional("ingressRef", reference("The Ingress that NGINX or Skipper routes by; Contour has none.")),
            .optional("routeRef", reference("The route that APISIX splits; Contour has none.")),
            .optional(
                "upstreamRef",
                reference(
                    "The upstream that Gloo splits; Contour has none.",
                    .optional("namespace", .string("Its namespace, the Canary's by default."))
                )
            ),
            .required(
                "service",
                service,
                absence: Explanation(
                    "canary/no-service",
                    "without a service there is nothing to route to",
                    "write service: {port: 80} with the port that clients call"
                )
            ),
            .required(
                "analysis",
                analysis,
                absence: Explanation(
                    "canary/no-analysis",
                    "without an analysis no revision can be judged",
                    "write analysis: with interval, threshold, stepWeight and metrics"
                )
            ),
            .optional(
                "progressDeadlineSeconds",
                .integer(
                    "Seconds in which a revision's pods have to become ready before it is rolled back.",
                    Bounds(
                        1,
                        2_147_483_647,
                        below: Explanation(
                            "canary/progress-deadline-below-1",
                            "rolls back before a pod can be ready",
                            "write the seconds that a pod needs at most, for example 600"
                        )
                    )
                ).standing(for: 600)
            ),
            .optional("skipAnalysis", .boolean("Promote a new revision without judging it.")),
            .optional("revertOnDeletion", .boolean("Give the traffic back to the target when the Canary is deleted.")),
            .optional("suspend", .boolean("Leave everything as it is until this is false again.")),
        ],
        retired: [
            RetiredField(
                name: "canaryAnalysis",
                replacement: "analysis",
                explanation: Explanation(
                    "canary/renamed-analysis",
                    "was renamed to spec.analysis and is not read here, so no revision would ever be judged",
                    "move it to spec.analysis"
                )
            )
        ]
    )

    private static let providers = [
        "apisix", "appmesh", "appmesh:v1beta2", "contour", "gatewayapi:v1", "gatewayapi:v1beta1", "gloo", "istio",
        "knative", "kubernetes", "kuma", "linkerd", "nginx", "osm", "skipper", "smi:v1alpha1", "smi:v1alpha2",
        "smi:v1alpha3", "traefik",
    ]

    private static let targetRef = Schema.object(
        "The workload, in the same namespace.",
        [
            .required("apiVersion", .string("Its API version: apps/v1.")),
            .required(
                "kind",
                .string("Its kind.", choices: ["DaemonSet", "Deployment", "Service"]).explained(
                    Explanation(
                        "canary/target-kind",
                        "not a kind that can be rolled out",
                        "write Deployment"
                    )
                )
            ),
            .required("name", .string("Its name.", format: .dnsSubdomain)),
        ]
    )

    private static let replicaBound = Bounds(1, 2_147_483_647)

    private static let autoscalerRef = Schema.object(
        "The autoscaler of the workload; the primary gets a copy of it.",
        [
            .required("apiVersion", .string("Its API version: autoscaling/v2.")),
            .required("kind", .string("Its kind.", choices: ["HorizontalPodAutoscaler", "ScaledObject"])),
            .required("name", .string("Its name.", format: .dnsSubdomain)),
            .optional(
                "primaryScalerQueries",
                .map("Queries for the primary's KEDA triggers, by trigger.", of: .string("The query."))
            ),
            .optional(
                "primaryScalerReplicas",
                .object(
                    "Replica bounds of the primary where they differ from the workload's.",
                    [
                        .optional("minReplicas", .integer("The fewest replicas.", replicaBound)),
                        .optional("maxReplicas", .integer("The most replicas.", replicaBound)),
                    ]
                )
            ),
        ]
    )

    private static func reference(_ summary: String, _ more: Field...) -> Schema {
        .object(
            summary,
            [
                .required("apiVersion", .string("Its API version.")),
                .required("kind", .string("Its kind.")),
                .required("name", .string("Its name.")),
            ] + more
        )
    }
}
