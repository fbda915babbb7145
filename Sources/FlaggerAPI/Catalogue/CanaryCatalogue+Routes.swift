import Schema

/// How requests come to the HTTPProxy.
extension CanaryCatalogue {
    static let routes: [Rule] = [
        Rule(
            "canary/route-not-included",
            .warn,
            "an HTTPProxy with a host must include the Canary's",
            consequence: """
                The HTTPProxy that divides the traffic has no host of its own; Contour calls it orphaned until \
                another includes it. No request comes to the canary, its metrics have no values, and it is rolled \
                back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-root, namespace: test}
                    spec:
                      virtualhost: {fqdn: podinfo.example}
                      routes: [{services: [{name: web, port: 80}]}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-root, namespace: test}
                    spec:
                      virtualhost: {fqdn: podinfo.example}
                      includes: [{name: podinfo}]
                    """
            )
        ),
        Rule(
            "canary/route-bypassed",
            .warn,
            "no other HTTPProxy should lead straight to the Service",
            consequence: """
                Its requests go to the primary alone and past the analysis: the canary gets none of them, and its \
                metrics may have no values.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-old, namespace: test}
                    spec:
                      virtualhost: {fqdn: old.example}
                      routes: [{services: [{name: podinfo, port: 80}]}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-old, namespace: test}
                    spec:
                      virtualhost: {fqdn: old.example}
                      includes: [{name: podinfo}]
                    """
            )
        ),
        Rule(
            "canary/route-replaced",
            scope: .flagger,
            "an HTTPProxy with a host must not have the name of the Canary's",
            consequence: """
                Flagger writes its own spec over the HTTPProxy of that name: virtual host, TLS and includes are \
                gone at once, the site with them, and are not put back when the Canary is deleted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo, namespace: test}
                    spec:
                      virtualhost: {fqdn: podinfo.example}
                      routes: [{services: [{name: podinfo-web, port: 80}]}]
                    """,
                right: """
                    spec:
                      suspend: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: podinfo-web, namespace: test}
                    spec:
                      virtualhost: {fqdn: web.example}
                      includes: [{name: podinfo}]
                    """
            )
        ),
    ]
}
