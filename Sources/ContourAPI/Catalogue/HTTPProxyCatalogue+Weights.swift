import Schema

/// How requests are shared among services, and copied.
extension HTTPProxyCatalogue {
    static let weights: [Rule] = [
        Rule(
            "httpproxy/second-mirror",
            "a route copies its requests to one service at most",
            consequence: """
                Contour marks the object invalid (`ServiceError/OnlyOneMirror`) and drops all of its routes, those of \
                its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        - name: first
                          port: 80
                          mirror: true
                        - name: second
                          port: 80
                          mirror: true
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: second
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        - name: first
                          port: 80
                          mirror: true
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/only-mirrors",
            "a route has a service that answers",
            consequence: """
                Contour takes the object for valid, as each mirror is a service to it. Nobody is left to answer, so \
                every request gets 503, and the status never says so.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          mirror: true
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/mirror-weight",
            .warn,
            "the weight of a mirror is 1 to 100, the percentage that is copied",
            consequence: """
                Contour takes 0 for 100, and Envoy everything above 100 too: the service gets a copy of every request. \
                To copy none, take the mirror out.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        - name: first
                          port: 80
                          mirror: true
                          weight: 0
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        - name: first
                          port: 80
                          mirror: true
                          weight: 10
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/weight-negative",
            "a weight is not below 0",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: -1
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 1
                    """
            )
        ),
        Rule(
            "httpproxy/weight-too-large",
            "a weight is a number of 32 bits",
            consequence: """
                Contour cuts it to 32 bits without looking: 4294967296 becomes 0, and the service that should get \
                everything gets nothing. The status says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 4294967296
                        - name: first
                          port: 80
                          weight: 1
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 99
                        - name: first
                          port: 80
                          weight: 1
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/weight-total",
            "the weights of a route add up to a number of 32 bits",
            consequence: """
                Envoy refuses a total above that, and with it all routes of its configuration: one such object holds \
                back everybody's later changes, while the status of all of them says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 4000000000
                        - name: first
                          port: 80
                          weight: 4000000000
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 40
                        - name: first
                          port: 80
                          weight: 60
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/weight-all-zero",
            .warn,
            "of several services one has a weight above 0",
            consequence: """
                Contour takes weights of 0 everywhere for no weights: each service gets the same share. Whoever meant \
                to send no request anywhere sends half of them to each of two.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 0
                        - name: first
                          port: 80
                          weight: 0
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 100
                        - name: first
                          port: 80
                          weight: 0
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: first
                      namespace: test
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
    ]
}
