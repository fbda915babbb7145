import Schema

/// What a change or a deletion takes from others.
extension HTTPProxyCatalogue {
    static let departures: [Rule] = [
        Rule(
            "httpproxy/children-orphaned",
            .warn,
            "what a root reaches by way of an object stays included",
            consequence: """
                Contour marks an object that no root leads to any more orphaned (`Orphaned/Orphaned`): it gets no \
                request from then on, and requests to its paths get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes: null
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /v2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                stored: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                    """
            )
        ),
        Rule(
            "httpproxy/still-included",
            .warn,
            "an object that others include stays",
            consequence: """
                Contour passes over the includes that lead to it and marks the objects that have them invalid \
                (`IncludeError/IncludeNotFound`): requests that meet their conditions get 502 until something of the \
                name is there again.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                      includes:
                      - name: podinfo
                        conditions:
                        - prefix: /podinfo
                    """,
                right: """
                    spec:
                      virtualhost: null
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                operation: .delete
            )
        ),
    ]
}
