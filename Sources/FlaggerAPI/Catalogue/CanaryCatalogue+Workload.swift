import Schema

/// What the workload in the cluster must be like.
extension CanaryCatalogue {
    static let workload: [Rule] = [
        Rule(
            "canary/selector-label",
            "the selector of the target must have a label by which its pods are told",
            consequence: """
                Primary and canary are told apart by one label: app, name or app.kubernetes.io/name. Where the \
                selector has none of them nothing is made, and a Warning event comes at every look.
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
                      selector: {matchLabels: {team: podinfo}}
                      template:
                        metadata: {labels: {team: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """,
                right: """
                    spec:
                      suspend: false
                    """
            )
        ),
        Rule(
            "canary/port-discovery",
            "portDiscovery must find ports that a Service can have",
            consequence: """
                The ports of the containers go into the Services as TCP, by their numbers and names. Where two \
                have one number or name the API server refuses the Service at every look; a UDP port is offered as \
                TCP.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        portDiscovery: true
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: web, containerPort: 9898}, {name: dns, containerPort: 5353, protocol: UDP}]
                    """,
                right: """
                    spec:
                      service:
                        portDiscovery: true
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: web, containerPort: 9898}, {name: metrics, containerPort: 9797}]
                    """
            )
        ),
        Rule(
            "canary/deadline-differs",
            .warn,
            "progressDeadlineSeconds should not be above the Deployment's",
            consequence: """
                The Deployment has a deadline of its own, 600 s where it says nothing, and is given up when that \
                is over, whatever the Canary says. A shorter one of the Canary's holds while too few pods are available.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      progressDeadlineSeconds: 1800
                    """,
                right: """
                    spec:
                      progressDeadlineSeconds: 600
                    """
            )
        ),
        Rule(
            "canary/ready-with-no-pod",
            .warn,
            scope: .flagger,
            "a ready threshold should ask for one pod at least",
            consequence: """
                Flagger rounds down how many pods must be available: half of one pod is none. A revision without a \
                single pod gets traffic, and its checks fail.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        canaryReadyThreshold: 50
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 1
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
                      analysis:
                        canaryReadyThreshold: 50
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 2
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
