import Schema

/// How the target's pods, and so the primary's, are replaced.
extension CanaryCatalogue {
    static let updateStrategies: [Rule] = [
        Rule(
            "canary/recreate",
            .warn,
            "a primary with the strategy Recreate stops serving at each promotion",
            consequence: """
                The primary has the target's strategy. With Recreate Kubernetes takes all its pods away before it makes \
                new ones, and most of the traffic is on them when a revision is promoted: until new ones are ready, who \
                is sent there gets errors.
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
                      strategy: {type: Recreate}
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
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      strategy: {type: RollingUpdate}
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
        Rule(
            "canary/daemonset-on-delete",
            scope: .flagger,
            "a DaemonSet must replace its pods by itself",
            consequence: """
                Flagger waits for a DaemonSet to roll out and cannot where somebody removes the pods by hand: it makes \
                nothing, and a Warning event comes at every look.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      updateStrategy: {type: OnDelete}
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
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      updateStrategy: {type: RollingUpdate}
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
        Rule(
            "canary/daemonset-rolls",
            .warn,
            scope: .loop,
            "the primary of a DaemonSet with OnDelete rolls by itself",
            consequence: """
                With updateStrategy OnDelete pods are replaced when somebody removes them. The primary would never \
                serve what is promoted, so it has RollingUpdate, one node after the other. The target itself gets its \
                pods from the loop, all of them, and loses them at the end of each run.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      updateStrategy: {type: OnDelete}
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
                      targetRef: {apiVersion: apps/v1, kind: DaemonSet, name: podinfo}
                    ---
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      updateStrategy: {type: RollingUpdate}
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
