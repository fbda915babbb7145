import Schema

/// The autoscaler of the workload.
extension CanaryCatalogue {
    static let scalers: [Rule] = [
        Rule(
            "canary/autoscaler-of-another",
            "the autoscaler must be the target's",
            consequence: """
                The primary gets a copy of the autoscaler. Made from another workload's, it scales by bounds and \
                metrics that have nothing to do with it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                      minReplicas: 2
                      maxReplicas: 4
                    """,
                right: """
                    spec:
                      autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                      minReplicas: 2
                      maxReplicas: 4
                    """
            )
        ),
        Rule(
            "canary/autoscaler-unnamed",
            "an autoscaler of the target must be named in autoscalerRef",
            consequence: """
                The autoscaler scales the target, which has no pods most of the time. The primary, which has the \
                traffic, keeps the number of pods that it began with, whatever the load.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                      minReplicas: 2
                      maxReplicas: 4
                    """,
                right: """
                    spec:
                      autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                      minReplicas: 2
                      maxReplicas: 4
                    """
            )
        ),
        Rule(
            "canary/scaler-queries",
            .warn,
            scope: .flagger,
            "the queries of the primary's triggers must be told apart",
            consequence: """
                Flagger finds the triggers of primaryScalerQueries by name; a trigger without that name keeps the \
                target's query. Without primaryScalerQueries it replaces the target's name wherever it stands in a \
                query, in longer words too. The primary then scales by numbers that are not its own.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      autoscalerRef:
                        apiVersion: keda.sh/v1alpha1
                        kind: ScaledObject
                        name: podinfo
                        primaryScalerQueries: {load: "sum(rate(requests_total[1m]))"}
                    ---
                    apiVersion: keda.sh/v1alpha1
                    kind: ScaledObject
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {name: podinfo}
                      triggers:
                      - type: prometheus
                        name: requests
                        metadata: {query: 'sum(rate(requests_total{app="podinfo"}[1m]))'}
                    """,
                right: """
                    spec:
                      autoscalerRef:
                        apiVersion: keda.sh/v1alpha1
                        kind: ScaledObject
                        name: podinfo
                        primaryScalerQueries: {load: "sum(rate(requests_total[1m]))"}
                    ---
                    apiVersion: keda.sh/v1alpha1
                    kind: ScaledObject
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      scaleTargetRef: {name: podinfo}
                      triggers:
                      - type: prometheus
                        name: load
                        metadata: {query: 'sum(rate(requests_total{app="podinfo"}[1m]))'}
                    """
            )
        ),
    ]
}
