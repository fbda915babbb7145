import Schema

/// The routes of canaries and the ways around them.
extension HTTPProxyCatalogue {
    static let canaries: [Rule] = [
        Rule(
            "httpproxy/canary-direct",
            .warn,
            "the Service of pods under analysis is reached by way of the canary alone",
            consequence: """
                Its pods hold a revision that nothing has proven yet. Whoever routes to them gives them traffic \
                whatever the canary's weight is, also before the analysis and after it has failed.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: frontend-canary
                          port: 80
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
                      routes: null
                      includes:
                      - name: frontend
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
        )
    ]
}
