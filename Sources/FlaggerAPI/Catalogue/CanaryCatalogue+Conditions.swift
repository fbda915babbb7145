import Schema

/// The requests that an A/B test of our loop takes.
extension CanaryCatalogue {
    static let conditions: [Rule] = [
        Rule(
            "canary/match-empty",
            scope: .loop,
            "an alternative of an A/B test needs a condition",
            consequence: """
                Every request would match: all users would get the unproven revision at once.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            )
        ),
        Rule(
            "canary/match-source-labels",
            scope: .loop,
            "an A/B test on Contour does not go by labels of pods",
            consequence: """
                Envoy at the edge does not know which pod sends a request. Without the condition other requests \
                would go to the unproven revision than the manifest says.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}, sourceLabels: {app: web}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            )
        ),
        Rule(
            "canary/match-condition",
            scope: .loop,
            "a condition compares with one text",
            consequence: """
                Contour takes a condition without an operator for none, and one with two is invalid: with it all \
                routes would be gone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: a, prefix: b}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            ),
            RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{queryParams: {canary: {suffix: sider}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{queryParams: {canary: {regex: .*sider}}}]}
                    """
            )
        ),
        Rule(
            "canary/match-pattern",
            scope: .loop,
            "a regular expression must be one that Envoy reads",
            consequence: """
                Contour marks the HTTPProxy invalid, and with it all routes are gone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {regex: "(in"}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {regex: in.*}}}]}
                    """
            )
        ),
    ]
}
