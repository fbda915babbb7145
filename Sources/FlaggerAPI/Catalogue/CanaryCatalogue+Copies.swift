import Schema

/// The ConfigMaps and Secrets that Flagger copies for the primary.
extension CanaryCatalogue {
    static let copies: [Rule] = [
        Rule(
            "canary/config-of-two",
            .warn,
            scope: .flagger,
            "a ConfigMap or Secret should be read by one target",
            consequence: """
                Both Canaries share one copy of it. When one is promoted, the other's primary gets the new content \
                without any analysis.
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
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: settings, configMap: {name: settings}}]
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: test}
                    spec:
                      selector: {matchLabels: {app: web}}
                      template:
                        metadata: {labels: {app: web}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: settings, configMap: {name: settings}}]
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata: {name: web, namespace: test}
                    spec:
                      targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                      service: {port: 80}
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
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: settings, configMap: {name: settings}}]
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: test}
                    spec:
                      selector: {matchLabels: {app: web}}
                      template:
                        metadata: {labels: {app: web}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: settings, configMap: {name: web-settings}}]
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: Canary
                    metadata: {name: web, namespace: test}
                    spec:
                      targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                      service: {port: 80}
                    """
            )
        ),
        Rule(
            "canary/secret-untracked",
            .warn,
            scope: .flagger,
            "a Secret should be of a type that Flagger copies",
            consequence: """
                Flagger copies Secrets of the types Opaque, basic-auth, ssh-auth and tls. Any other is shared: a \
                change reaches the primary at once, without an analysis.
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
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: token, secret: {secretName: token}}]
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: token, namespace: test}
                    type: example.com/token
                    data: {token: ""}
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
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                          volumes: [{name: token, secret: {secretName: token}}]
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: token, namespace: test}
                    type: Opaque
                    data: {token: ""}
                    """
            )
        ),
    ]
}
