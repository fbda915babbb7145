import Schema

/// What is too large to be looked at to the end.
extension HTTPProxyCatalogue {
    static let bounds: [Rule] = [
        Rule(
            "httpproxy/graph-too-large",
            .warn,
            "not more ways lead to an object than can be followed",
            consequence: """
                Contour follows them all, and makes routes for each. Here the rest is not looked at: there may be \
                faults of which nothing was said.
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
                      - name: a1
                        conditions:
                        - prefix: /1
                      - name: a1
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a1
                      namespace: test
                    spec:
                      includes:
                      - name: a2
                        conditions:
                        - prefix: /1
                      - name: a2
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a2
                      namespace: test
                    spec:
                      includes:
                      - name: a3
                        conditions:
                        - prefix: /1
                      - name: a3
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a3
                      namespace: test
                    spec:
                      includes:
                      - name: a4
                        conditions:
                        - prefix: /1
                      - name: a4
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a4
                      namespace: test
                    spec:
                      includes:
                      - name: a5
                        conditions:
                        - prefix: /1
                      - name: a5
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a5
                      namespace: test
                    spec:
                      includes:
                      - name: a6
                        conditions:
                        - prefix: /1
                      - name: a6
                        conditions:
                        - prefix: /2
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: a6
                      namespace: test
                    spec:
                      includes:
                      - name: podinfo
                        conditions:
                        - prefix: /1
                      - name: podinfo
                        conditions:
                        - prefix: /2
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
                      includes:
                      - name: podinfo
                    """
            )
        )
    ]
}
