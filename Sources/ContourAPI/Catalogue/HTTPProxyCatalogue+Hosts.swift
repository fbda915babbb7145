import Schema

/// The root of an object: its host name and what it needs to be one.
extension HTTPProxyCatalogue {
    static let hosts: [Rule] = [
        Rule(
            "httpproxy/fqdn-missing",
            "a virtualhost has a host name",
            consequence: """
                Contour stores nothing of it: the object is marked invalid (`VirtualHostError/FQDNNotSpecified`) a \
                moment after it was applied, and neither it nor what it includes is served.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        fqdn: " "
                    """,
                right: """
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                    """
            )
        ),
        Rule(
            "httpproxy/fqdn-invalid",
            "a host name is lower case, without a port and without a dot at its end",
            consequence: """
                Contour's CustomResourceDefinition refuses the object with the expression that the name should match, \
                and with no name that would. A check of files finds it before anything is applied.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        fqdn: Podinfo.example:80
                    """,
                right: """
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                    """
            )
        ),
        Rule(
            "httpproxy/fqdn-taken",
            "a host name belongs to one HTTPProxy",
            consequence: """
                Contour serves none of two roots with one host name: both are marked invalid \
                (`VirtualHostError/DuplicateVhost`), the one that worked until then among them, and every request to \
                the host gets 404. It does not matter which of them is older, nor in which namespaces they are.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        fqdn: shop.example
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      virtualhost:
                        fqdn: shop.example
                      routes:
                      - services:
                        - name: shop
                          port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      virtualhost:
                        fqdn: shop.example
                      routes:
                      - services:
                        - name: shop
                          port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/root-namespace",
            "a root stands in a namespace that Contour takes roots from",
            consequence: """
                Contour marks the object invalid (`RootNamespaceError/RootProxyNotAllowedInNamespace`) and serves \
                nothing of it; its host name is taken all the same, so that another root of that name goes down too.
                """,
            examples: RuleExample(
                wrong: """
                    metadata:
                      namespace: elsewhere
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: podinfo
                      namespace: elsewhere
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    metadata:
                      namespace: test
                    """
            )
        ),
        Rule(
            "httpproxy/nothing-defined",
            "a root has routes, includes or a tcpproxy",
            consequence: """
                Contour marks the object invalid (`SpecError/NothingDefined`), and requests to the host get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes: []
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
            "httpproxy/ip-allow-and-deny",
            "addresses are either let in or kept out, not both",
            consequence: """
                Contour marks the object invalid (`IPFilterError/IncompatibleIPAddressFilters`). On a virtualhost \
                nothing of the host is served then, on a route all routes of the object are dropped: requests get 404, \
                those that should have been let in among them.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        ipAllowPolicy:
                        - source: Peer
                          cidr: 10.0.0.0/8
                        ipDenyPolicy:
                        - source: Peer
                          cidr: 10.9.0.0/16
                    """,
                right: """
                    spec:
                      virtualhost:
                        ipAllowPolicy:
                        - source: Peer
                          cidr: 10.0.0.0/8
                    """
            )
        ),
        Rule(
            "httpproxy/ip-range-invalid",
            "an address filter names an address or a range of them",
            consequence: """
                Contour reports each (`IPFilterError/InvalidCIDR`). If the last one is good, the filter goes live \
                without the bad ones, and lets in or keeps out others than was meant; if the last one is bad, nothing \
                of the host is served, or all routes of the object are dropped.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        ipAllowPolicy:
                        - source: Peer
                          cidr: 10.0.0.0/33
                        - source: Peer
                          cidr: 10.0.0.0/8
                    """,
                right: """
                    spec:
                      virtualhost:
                        ipAllowPolicy:
                        - source: Peer
                          cidr: 10.0.0.0/8
                    """
            )
        ),
        Rule(
            "httpproxy/cors-origin",
            "an origin is *, a URL or an expression",
            consequence: """
                Contour marks the object invalid (`CORSError/PolicyDidNotParse`) and serves nothing of the host, so \
                that requests to it get 404. A star within a name is an expression, and `*.example` is none that can \
                be read.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*.example"
                          allowMethods:
                          - GET
                    """,
                right: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - https://.*\\.example
                          allowMethods:
                          - GET
                    """
            )
        ),
        Rule(
            "httpproxy/cors-methods",
            "a CORS policy allows at least one method",
            consequence: """
                Contour marks the object invalid (`CORSError/PolicyDidNotParse`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods: []
                    """,
                right: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET
                    """
            )
        ),
        Rule(
            "httpproxy/cors-max-age",
            "the time for which a CORS answer holds is a duration of 0 or more",
            consequence: """
                Contour marks the object invalid (`CORSError/PolicyDidNotParse`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET
                          maxAge: "600"
                    """,
                right: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET
                          maxAge: 10m
                    """
            )
        ),
    ]
}
