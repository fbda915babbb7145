import Schema

/// The routes of canaries, and the ways around them.
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
        ),
        Rule(
            "httpproxy/canary-apex",
            .warn,
            "requests to a Canary's application go by the HTTPProxy that the Canary makes",
            consequence: """
                The Service of the application's name leads to the primary alone. Requests that are routed to it never \
                reach the canary, whatever its weight is: the analysis measures too little traffic, or none.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: frontend
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
        ),
        Rule(
            "httpproxy/canary-beside",
            .warn,
            "what includes a Canary's HTTPProxy has no other way to its Services",
            consequence: """
                Of the requests that this object gets, those on the other way never meet the canary's weights, so that \
                its share is smaller than the analysis believes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /api
                        services:
                        - name: frontend-primary
                          port: 80
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
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: frontend-primary
                          port: 80
                          weight: 100
                        - name: frontend-canary
                          port: 80
                          weight: 0
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
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: frontend
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: frontend-primary
                          port: 80
                          weight: 100
                        - name: frontend-canary
                          port: 80
                          weight: 0
                    """
            )
        ),
    ]
}
