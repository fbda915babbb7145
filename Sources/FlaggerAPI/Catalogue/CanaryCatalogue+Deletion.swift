import Schema

/// What a deletion takes away.
extension CanaryCatalogue {
    static let deletion: [Rule] = [
        Rule(
            "canary/delete-outage",
            "a Canary may not be deleted while its target has no pods",
            consequence: """
                The cluster collects with a Canary what it owns: the primary, which serves, the Services and the \
                route. The target stays at 0 replicas, and nothing is left that answers. The loop here brings the target \
                back first where the Canary has the finalizer canarygate.dev/handover, and Flagger where it has \
                revertOnDeletion.
                """,
            examples: RuleExample(
                wrong: """
                    status: {phase: Succeeded}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      replicas: 3
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
                    status: {phase: Succeeded}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 3
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    status: {availableReplicas: 3}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      replicas: 3
                      selector: {matchLabels: {app: podinfo-primary}}
                      template:
                        metadata: {labels: {app: podinfo-primary}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """,
                operation: .delete
            )
        ),
        Rule(
            "canary/delete-mid-run",
            "a Canary may not be deleted while its target runs a revision that is not proven",
            consequence: """
                The cluster collects the primary, which runs the proven revision, and the Services with the Canary. \
                What is left is the target with the revision under analysis, and nobody judges it any more.
                """,
            examples: RuleExample(
                wrong: "status: {phase: Progressing, canaryWeight: 10}",
                right: "status: {phase: Succeeded}",
                operation: .delete
            )
        ),
        Rule(
            "canary/delete-broken-glass",
            .warn,
            "a deletion by break-glass leaves nothing that serves",
            consequence: """
                The annotation canarygate.dev/break-glass lets the deletion through. The primary goes with the \
                Canary, and the target has no pods until somebody scales it up.
                """,
            examples: RuleExample(
                wrong: """
                    metadata: {annotations: {canarygate.dev/break-glass: "moved elsewhere"}}
                    status: {phase: Succeeded}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      replicas: 3
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
                    status: {phase: Succeeded}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      replicas: 3
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    status: {availableReplicas: 3}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo-primary, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      replicas: 3
                      selector: {matchLabels: {app: podinfo-primary}}
                      template:
                        metadata: {labels: {app: podinfo-primary}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    """,
                operation: .delete
            )
        ),
        Rule(
            "canary/delete-breaks-include",
            .warn,
            "an HTTPProxy that includes the Canary's loses its route",
            consequence: """
                The Canary's HTTPProxy goes with it, also where Flagger gives the target its pods back. The root \
                that includes it is then invalid in this part, and its host answers with errors. The loop here leaves \
                it behind, leading to the target, where the Canary has the finalizer canarygate.dev/handover and the \
                glass is not broken; then there is no warning.
                """,
            examples: RuleExample(
                wrong: """
                    status: {phase: Succeeded}
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      routes: [{services: [{name: podinfo-primary, port: 80}]}]
                    """,
                right: """
                    status: {phase: Succeeded}
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo, namespace: test, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: podinfo, uid: u-1, controller: true}]}
                    spec:
                      routes: [{services: [{name: podinfo-primary, port: 80}]}]
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-root, namespace: test}
                    spec:
                      virtualhost: {fqdn: podinfo.example}
                      routes: [{services: [{name: podinfo-web, port: 80}]}]
                    """,
                operation: .delete
            )
        ),
    ]
}
