import Schema

/// The requests that an A/B test takes, for Flagger beside Contour.
extension CanaryCatalogue {
    static let match: [Rule] = [
        Rule(
            "canary/match-many",
            scope: .flagger,
            "an A/B test on Contour takes one header",
            consequence: """
                Several entries, or several headers in one, give an HTTPProxy that Contour marks invalid, and \
                with it all routes are gone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                        - headers:
                            x-tester:
                              exact: insider
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                    """
            )
        ),
        Rule(
            "canary/match-no-headers",
            scope: .flagger,
            "an A/B test on Contour goes by a header",
            consequence: """
                The route of the canary has an empty condition. With the prefix / it is the same route as the \
                primary's, and the canary gets nothing; with another one all other requests go to the unproven \
                revision.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - uri:
                            prefix: /
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                    """
            )
        ),
        Rule(
            "canary/match-unread",
            scope: .flagger,
            "an A/B test on Contour can go by nothing but headers",
            consequence: """
                The condition is left out of the route, so other requests go to the unproven revision than the \
                manifest says.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                          queryParams:
                            canary:
                              exact: insider
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                    """
            )
        ),
        Rule(
            "canary/match-regex",
            scope: .flagger,
            "a header is not matched by a regular expression on Contour",
            consequence: """
                The condition never matches, the revision gets no traffic, and the metrics have no values: it is \
                rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              regex: in.*
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers:
                            x-canary:
                              exact: insider
                    """
            )
        ),
        Rule(
            "canary/same-cookie",
            "the two cookies of session affinity must differ",
            consequence: """
                A caller's cookie would not say which revision answered it. Flagger refuses the Canary at every tick, in \
                the controller's log alone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        sessionAffinity:
                          cookieName: podinfo
                          primaryCookieName: podinfo
                    """,
                right: """
                    spec:
                      analysis:
                        sessionAffinity:
                          cookieName: podinfo
                          primaryCookieName: podinfo-primary
                    """
            )
        ),
    ]
}
