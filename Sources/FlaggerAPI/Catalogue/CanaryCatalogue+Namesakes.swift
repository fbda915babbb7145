import Schema

/// What else in the namespace has the names or the labels of what is made.
extension CanaryCatalogue {
    static let namesakes: [Rule] = [
        Rule(
            "canary/primary-taken",
            "what is named like the primary must be the Canary's own",
            consequence: """
                Our loop leaves alone what it did not make, and waits. Flagger takes it over without a look at its \
                owner, writes its own spec into it, and what ran there is gone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo-primary}}
                      template:
                        metadata: {labels: {app: podinfo-primary}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      selector: {matchLabels: {app: podinfo-primary}}
                      template:
                        metadata: {labels: {app: podinfo-primary}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """
            )
        ),
        Rule(
            "canary/service-foreign",
            .warn,
            "what is named like a generated Service must be the Canary's own",
            consequence: """
                Our loop leaves a Service alone that it did not make, and waits until it is gone. Flagger writes \
                its own ports and selector into it, and puts nothing back when the Canary is deleted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo-canary, namespace: test}
                    spec:
                      selector: {app: other}
                      ports: [{port: 80}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo-canary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    """
            )
        ),
        Rule(
            "canary/service-adopted",
            .warn,
            "a Service that is there already becomes the Canary's",
            consequence: """
                The Service is led to the primary and gets the ports of spec.service, so that its clients come to \
                the analysed revisions. Ports that it had besides are gone, and deleting the Canary does not bring \
                them back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
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
                      suspend: false
                    """
            )
        ),
        Rule(
            "canary/pods-of-others",
            "no other workload may have the label by which the pods are told",
            consequence: """
                The Services find pods by one label alone. Pods of another workload with the same value get part \
                of the requests, of the canary or of everyone, though they are quite another program.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: worker, namespace: test}
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
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: worker, namespace: test}
                    spec:
                      selector: {matchLabels: {app: worker}}
                      template:
                        metadata: {labels: {app: worker}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """
            )
        ),
        Rule(
            "canary/service-loses-pods",
            .warn,
            "another Service should not lead to the target's pods",
            consequence: """
                Between rollouts the target has no pods: all requests go to the primary, whose label has another \
                value. A Service that selects the target's label has no endpoints then, and its clients get \
                errors.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo-internal, namespace: test}
                    spec:
                      selector: {app: podinfo}
                      ports: [{port: 80}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: podinfo-internal, namespace: test}
                    spec:
                      selector: {app: podinfo-primary}
                      ports: [{port: 80}]
                    """
            )
        ),
        Rule(
            "canary/service-mixes",
            .warn,
            "a Service should not lead to primary and canary alike",
            consequence: """
                A Service that selects by another label than the one by which they are told finds the pods of \
                both: during an analysis the unproven revision gets as many of its requests as it has pods, \
                whatever the weight.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo, tier: web}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web, namespace: test}
                    spec:
                      selector: {tier: web}
                      ports: [{port: 80}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo, tier: web}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web, namespace: test}
                    spec:
                      selector: {tier: web, app: podinfo-primary}
                      ports: [{port: 80}]
                    """
            )
        ),
        Rule(
            "canary/primary-not-selected",
            .warn,
            "policies and budgets must hold for the primary too",
            consequence: """
                The pods that serve are those of the primary, whose label has another value. A NetworkPolicy or \
                PodDisruptionBudget by the old value holds for the canary alone: connections are cut, or drains \
                take all pods at once.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      podSelector: {matchLabels: {app: podinfo}}
                      ingress: [{from: [{namespaceSelector: {}}]}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      podSelector: {matchLabels: {app: podinfo-primary}}
                      ingress: [{from: [{namespaceSelector: {}}]}]
                    """
            )
        ),
    ]
}
