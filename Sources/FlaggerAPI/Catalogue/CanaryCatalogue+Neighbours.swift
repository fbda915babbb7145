import Schema

/// Other objects that want the same names.
extension CanaryCatalogue {
    static let neighbours: [Rule] = [
        Rule(
            "canary/target-taken",
            isFixed: true,
            "one workload has one Canary",
            consequence: """
                Both write replicas, weights and the primary at every tick and undo each other's work; which \
                revision serves is left to chance. Flagger logs that bad things will happen and goes on.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: podinfo
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: podinfo-too
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: podinfo
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: frontend
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/target-is-primary",
            isFixed: true,
            "what one Canary made is no target of another",
            consequence: """
                The primary carries the live traffic of its Canary. Another one would scale it to nothing at its \
                first promotion.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: frontend-primary
                      service:
                        name: podinfo
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: frontend-primary
                      namespace: test
                    spec:
                      selector:
                        matchLabels:
                          app: frontend-primary
                      template:
                        metadata:
                          labels:
                            app: frontend-primary
                        spec:
                          containers:
                          - name: frontend-primary
                            image: stefanprodan/podinfo:3.1.0
                            ports:
                            - name: http
                              containerPort: 9898
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: frontend
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: frontend
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/service-taken",
            isFixed: true,
            "no two Canaries make Services of one name",
            consequence: """
                Each writes its own selector and ports into the Services at every tick, so the traffic of one \
                application goes to the pods of the other.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        name: frontend
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: frontend
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """,
                right: """
                    spec:
                      service:
                        name: podinfo
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      targetRef:
                        apiVersion: apps/v1
                        kind: Deployment
                        name: frontend
                      service:
                        port: 80
                      analysis:
                        interval: 30s
                        threshold: 5
                        maxWeight: 50
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/route-taken",
            .warn,
            "an HTTPProxy of the apex name should be the Canary's",
            consequence: """
                Flagger replaces its whole spec, hosts and includes among it. The loop here leaves it alone, and \
                the Canary waits until one of the two is renamed.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        name: podinfo
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      service:
                        name: podinfo
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo-root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                      includes:
                      - name: podinfo
                    """
            )
        ),
    ]
}
