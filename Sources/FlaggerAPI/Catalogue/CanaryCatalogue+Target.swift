import Schema

/// The workload, its names and its autoscaler.
extension CanaryCatalogue {
    static let target: [Rule] = [
        Rule(
            "canary/target-kind",
            "targetRef must be of a kind that can be rolled out",
            consequence: """
                Flagger's CRD refuses the kind; without it the kind is taken for a Deployment, which is then not \
                found at any tick.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        kind: StatefulSet
                    """,
                right: """
                    spec:
                      targetRef:
                        kind: Deployment
                    """
            )
        ),
        Rule(
            "canary/name-too-long",
            "a name must leave room for what is put behind it",
            consequence: """
                Behind the name stands -primary or -canary in the Services, and behind the value of the label that the \
                selector goes by -primary in the pods' labels. The API \
                server refuses them when they are longer than 63 characters, at every tick.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: podinfo-of-the-department-of-long-and-descriptive-names-a
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: podinfo-of-the-department-of-long-and-descriptive-names-a
                      namespace: test
                    spec:
                      selector:
                        matchLabels:
                          app: podinfo-of-the-department-of-long-and-descriptive-names-a
                      template:
                        metadata:
                          labels:
                            app: podinfo-of-the-department-of-long-and-descriptive-names-a
                        spec:
                          containers:
                          - name: podinfo-of-the-department-of-long-and-descriptive-names-a
                            image: stefanprodan/podinfo:3.1.0
                            ports:
                            - name: http
                              containerPort: 9898
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo
                    """
            )
        ),
        Rule(
            "canary/name-no-service-name",
            "the target's name must be one that a Service can have",
            consequence: """
                A Deployment may have dots in its name or begin with a digit, a Service may not: the API server \
                refuses the Services at every tick, and the Canary stays in its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: podinfo.v2
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: podinfo.v2
                      namespace: test
                    spec:
                      selector:
                        matchLabels:
                          app: podinfo.v2
                      template:
                        metadata:
                          labels:
                            app: podinfo.v2
                        spec:
                          containers:
                          - name: podinfo-v2
                            image: stefanprodan/podinfo:3.1.0
                            ports:
                            - name: http
                              containerPort: 9898
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo.v2
                      service:
                        name: podinfo-v2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: v2-root, namespace: test}
                    spec:
                      virtualhost: {fqdn: v2.example}
                      includes: [{name: podinfo-v2}]
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: podinfo.v2
                      namespace: test
                    spec:
                      selector:
                        matchLabels:
                          app: podinfo.v2
                      template:
                        metadata:
                          labels:
                            app: podinfo.v2
                        spec:
                          containers:
                          - name: podinfo-v2
                            image: stefanprodan/podinfo:3.1.0
                            ports:
                            - name: http
                              containerPort: 9898
                    """
            )
        ),
        Rule(
            "canary/scaler-replicas",
            "the least replicas may not be above the most",
            consequence: """
                The primary's autoscaler is refused by the API server at every tick, so the primary runs with \
                what it has, whatever the load.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      autoscalerRef:
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        name: podinfo
                        primaryScalerReplicas:
                          minReplicas: 5
                          maxReplicas: 3
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      scaleTargetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: podinfo
                      minReplicas: 2
                      maxReplicas: 4
                    """,
                right: """
                    spec:
                      autoscalerRef:
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        name: podinfo
                        primaryScalerReplicas:
                          minReplicas: 3
                          maxReplicas: 5
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      scaleTargetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: podinfo
                      minReplicas: 2
                      maxReplicas: 4
                    """
            )
        ),
        Rule(
            "canary/reference-version",
            .warn,
            scope: .loop,
            "a reference is read as the version that is served",
            consequence: """
                The version that stands in the manifest is passed over, so what it seems to say does not hold.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        apiVersion: apps/v1beta2
                    """,
                right: """
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                    """
            )
        ),
        Rule(
            "canary/target-missing",
            .warn,
            "the target should be there",
            consequence: """
                The Canary waits for it and says so in an event at every tick. Manifests are applied in any \
                order, so it is no fault until it stays that way; a misspelt name stays that way.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: podinf
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo
                    """
            )
        ),
        Rule(
            "canary/target-port-missing",
            .warn,
            "a named targetPort should be a port of the target's containers",
            consequence: """
                The Services that are made have no endpoints, and clients get a 503 once the traffic is sent \
                through them.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        targetPort: htpp
                    """,
                right: """
                    spec:
                      service:
                        targetPort: http
                    """
            )
        ),
        Rule(
            "canary/autoscaler-missing",
            .warn,
            "the autoscaler should be there",
            consequence: """
                The Canary waits for it after the primary is made, and never becomes Initialized. Manifests are \
                applied in any order, so it is no fault until it stays that way.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      autoscalerRef:
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        name: podinf
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      scaleTargetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: podinfo
                      minReplicas: 2
                      maxReplicas: 4
                    """,
                right: """
                    spec:
                      autoscalerRef:
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        name: podinfo
                    ---
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      scaleTargetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: podinfo
                      minReplicas: 2
                      maxReplicas: 4
                    """
            )
        ),
    ]
}
