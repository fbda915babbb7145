import Schema

/// What may change once the objects of a Canary are made.
extension CanaryCatalogue {
    static let changes: [Rule] = [
        Rule(
            "canary/target-fixed",
            isFixed: true,
            "the target is fixed once its primary is made",
            consequence: """
                Flagger makes a new primary from an unproven template and sends the traffic there at once; the \
                old target is left at 0 replicas, its primary alone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: podinfo-v2
                      service:
                        name: podinfo
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: podinfo-v2
                      namespace: test
                    spec:
                      selector:
                        matchLabels:
                          app: podinfo-v2
                      template:
                        metadata:
                          labels:
                            app: podinfo-v2
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
                        name: podinfo
                    """,
                stored: """
                    status:
                      phase: Initialized
                    """
            )
        ),
        Rule(
            "canary/service-name-fixed",
            isFixed: true,
            "the name of the Services is fixed once they are made",
            consequence: """
                New Services and a new route are made beside the old ones, which stay and keep the clients that \
                know them. Nothing moves these clients over.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        name: web
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: web-root, namespace: test}
                    spec:
                      virtualhost: {fqdn: web.example}
                      includes: [{name: web}]
                    """,
                right: """
                    spec:
                      service:
                        name: podinfo
                    """,
                stored: """
                    status:
                      phase: Initialized
                    """
            )
        ),
        Rule(
            "canary/provider-fixed",
            scope: .loop,
            isFixed: true,
            "a Canary that has an HTTPProxy keeps to it",
            consequence: """
                The loop goes on with the Services alone and the HTTPProxy stays as it is: a share that it gives to \
                the revision under analysis is never taken back, and answered with 503 once the run has ended.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: kubernetes
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 5
                    """,
                right: """
                    spec:
                      provider: contour
                    """,
                stored: """
                    status:
                      phase: Initialized
                    """
            )
        ),
        Rule(
            "canary/port-fixed",
            scope: .loop,
            isFixed: true,
            "the port is fixed once the route is made",
            consequence: """
                The Services follow at once and the route does not: it leads to a port that no Service has, and \
                every request gets a 503.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        port: 8080
                    """,
                right: """
                    spec:
                      service:
                        port: 80
                    """,
                stored: """
                    status:
                      phase: Initialized
                    """
            )
        ),
        Rule(
            "canary/target-port-at-once",
            .warn,
            "a changed targetPort holds for the primary at once",
            consequence: """
                The live traffic goes to the new port with the next tick, before any revision that listens there \
                was judged.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        targetPort: http
                    """,
                right: """
                    spec:
                      service:
                        targetPort: 9898
                    """,
                stored: """
                    status:
                      phase: Initialized
                    """
            )
        ),
        Rule(
            "canary/read-once",
            .warn,
            scope: .loop,
            "some fields are read once, when the objects are made",
            consequence: """
                The change is stored and has no effect, so the manifest says something else than what holds.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        timeout: 30s
                    """,
                right: """
                    spec:
                      service:
                        timeout: 15s
                    """,
                stored: """
                    spec:
                      service:
                        timeout: 15s
                    status:
                      phase: Initialized
                    """
            )
        ),
    ]
}
