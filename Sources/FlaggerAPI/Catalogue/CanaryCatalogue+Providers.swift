import Schema

/// What becomes of a Canary with the router that Flagger takes for it.
extension CanaryCatalogue {
    static let providers: [Rule] = [
        Rule(
            "canary/provider-missing",
            .warn,
            scope: .flagger,
            "the provider should be named",
            consequence: """
                Flagger takes the provider of its flag -mesh-provider, by default istio, and makes objects of \
                Istio's: on a cluster without them nothing is ever initialised.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: null
                    """,
                right: """
                    spec:
                      provider: contour
                    """
            )
        ),
        Rule(
            "canary/ignored-by-provider",
            .warn,
            scope: .flagger,
            "a field must mean something to the router",
            consequence: """
                Flagger reads the field for other routers alone and passes it over in silence: what it asks for \
                does not happen.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        hosts: [podinfo.example]
                    """,
                right: """
                    spec:
                      service:
                        hosts: null
                    """
            )
        ),
        Rule(
            "canary/knative-pair",
            scope: .flagger,
            "a Knative Service goes with the provider knative, and that with nothing else",
            consequence: """
                Flagger refuses the pair at every look, in its log alone: no event, no status, and no rollout \
                ever.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: knative
                    """,
                right: """
                    spec:
                      provider: contour
                    """
            )
        ),
        Rule(
            "canary/kubernetes-weights",
            "the provider kubernetes has no weights",
            consequence: """
                There are but Services there, whose selectors lead to one revision or the other. Flagger drops steps, \
                matches and mirroring from the analysis, and makes ten iterations in their place: all users get the \
                revision at once when it is promoted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: kubernetes
                      analysis: {maxWeight: null}
                    """,
                right: """
                    spec:
                      provider: kubernetes
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10}
                    """
            )
        ),
        Rule(
            "canary/service-target-name",
            scope: .flagger,
            "a target of kind Service must have the name of the Services",
            consequence: """
                For a target of kind Service Flagger makes no Services, and yet its route leads to those named by \
                spec.service.name: Contour finds none of them.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef: {apiVersion: v1, kind: Service, name: podinfo}
                      service: {name: web}
                      analysis: {metrics: null}
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: root, namespace: test}
                    spec:
                      virtualhost: {fqdn: a.example}
                      includes: [{name: web}]
                    """,
                right: """
                    spec:
                      targetRef: {apiVersion: v1, kind: Service, name: podinfo}
                      analysis: {metrics: null}
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    """
            )
        ),
        Rule(
            "canary/service-target-metric",
            scope: .flagger,
            "builtin metrics do not go with a target of kind Service",
            consequence: """
                Whatever the provider, Flagger asks for Istio's numbers then. There are none, no values counts as \
                a failed check, and every revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef: {apiVersion: v1, kind: Service, name: podinfo}
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    """,
                right: """
                    spec:
                      targetRef: {apiVersion: v1, kind: Service, name: podinfo}
                      analysis: {metrics: null}
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    """
            )
        ),
        Rule(
            "canary/daemonset-metric",
            scope: .flagger,
            "builtin metrics do not go with a DaemonSet on the provider kubernetes",
            consequence: """
                The pattern by which Flagger's query finds pods fits those of the primary and not those of the \
                canary: a bad revision is judged by the numbers of the good one, and promoted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: kubernetes
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """,
                right: """
                    spec:
                      provider: contour
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """
            )
        ),
    ]
}
