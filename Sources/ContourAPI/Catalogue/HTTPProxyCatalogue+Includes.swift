import Schema

/// What an object includes.
extension HTTPProxyCatalogue {
    static let includes: [Rule] = [
        Rule(
            "httpproxy/include-duplicate",
            "no two includes of an object have the same conditions",
            consequence: """
                Contour takes the first and passes over the second, whatever they lead to \
                (`IncludeError/DuplicateMatchConditions`): the object of the second gets no request by this way. \
                Includes without conditions, or with the prefix / alone, may repeat.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                      - name: other
                        conditions:
                        - prefix: /api
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
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: other
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
                        - prefix: /api
                      - name: other
                        conditions:
                        - prefix: /other
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
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: other
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/include-missing",
            .warn,
            "what is included is there",
            consequence: """
                Contour passes over the include and marks the object invalid (`IncludeError/IncludeNotFound`) until \
                the other one is there. Requests that meet the include's conditions get 502; without conditions they \
                go to the object's other routes. It is a warning, as files are applied in any order.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                    """,
                right: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
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
                    """
            )
        ),
        Rule(
            "httpproxy/include-name-missing",
            "an include names an HTTPProxy",
            consequence: """
                An older CustomResourceDefinition of Contour lets an empty name through; Contour then looks for an \
                HTTPProxy that can't be there (`IncludeError/IncludeNotFound`), and requests that meet the include's \
                conditions get 502.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: ""
                    """,
                right: """
                    spec:
                      includes:
                      - name: api
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
                    """
            )
        ),
        Rule(
            "httpproxy/include-root",
            .warn,
            "what is included is no root itself",
            consequence: """
                Contour passes over the include and marks the object that includes invalid \
                (`IncludeError/RootIncludesRoot`); requests that meet the include's conditions get 502. The other root \
                goes on to serve its own host.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: api.example
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
                        - prefix: /api
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
                    """
            )
        ),
        Rule(
            "httpproxy/include-self",
            "an object does not include itself",
            consequence: """
                Contour passes over the include and marks the object invalid: `IncludeError/RootIncludesRoot` where it \
                has a virtualhost, `IncludeError/IncludeCreatesCycle` where it has none.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: podinfo
                        conditions:
                        - prefix: /api
                    """,
                right: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
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
                    """
            )
        ),
        Rule(
            "httpproxy/include-cycle",
            .warn,
            "includes do not lead back to where they began",
            consequence: """
                Contour follows the includes from the root until it meets an object for the second time on its way. \
                That object is marked invalid (`IncludeError/IncludeCreatesCycle`), not the one whose include closes \
                the cycle; the rest of the tree is served.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      includes:
                      - name: podinfo
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
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
                    """,
                right: """
                    spec:
                      virtualhost: null
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
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
        ),
        Rule(
            "httpproxy/included-root",
            .warn,
            "a root is not included by others",
            consequence: """
                Contour passes over the includes that lead to it and marks the objects that have them invalid \
                (`IncludeError/RootIncludesRoot`): requests that meet their conditions get 502. The object itself is \
                served at its own host.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
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
                      includes:
                      - name: podinfo
                        conditions:
                        - prefix: /podinfo
                    """
            )
        ),
        Rule(
            "httpproxy/orphan",
            .warn,
            "a root leads to each object without a host of its own",
            consequence: """
                Contour marks the object orphaned (`Orphaned/Orphaned`) and looks at nothing in it: it gets no \
                request, and its own faults show up only once a root includes it. It is a warning, as files are \
                applied in any order.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
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
        ),
    ]
}
