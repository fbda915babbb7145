import Schema

/// Strategies of Flagger's on Contour that do not do what they say.
extension CanaryCatalogue {
    static let detours: [Rule] = [
        Rule(
            "canary/match-without-iterations",
            .warn,
            scope: .flagger,
            "match goes with iterations",
            consequence: """
                With weights in place of iterations only the requests that match are divided by them: all others \
                never see the canary, and it is promoted on what a few testers did.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        match:
                        - headers: {x-canary: {exact: insider}}
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers: {x-canary: {exact: insider}}
                    """
            )
        ),
        Rule(
            "canary/match-contains",
            .warn,
            scope: .flagger,
            "a prefix or suffix of a header is not matched as such on Contour",
            consequence: """
                Flagger writes contains into the HTTPProxy for both: the value may stand anywhere, and requests go \
                to the canary that were not meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers: {x-canary: {prefix: in}}
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        match:
                        - headers: {x-canary: {exact: insider}}
                    """
            )
        ),
        Rule(
            "canary/no-load",
            .warn,
            "a blue/green test needs requests that can be measured",
            consequence: """
                Until its promotion the revision gets no request of a user. Without a hook that sends some the \
                builtin metrics have no values, which counts as a failed check: every revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        webhooks:
                        - {name: approval, type: confirm-promotion, url: "http://gate.test/"}
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                    """
            )
        ),
        Rule(
            "canary/mirror-stalls",
            scope: .flagger,
            "mirror does not go with weights on Contour",
            consequence: """
                Flagger takes the mirroring for its first step and looks for it in the HTTPProxy, where it never \
                is: the analysis stays at weight 0 for ever, without a failure.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        mirror: true
                    """,
                right: """
                    spec:
                      analysis:
                        mirror: false
                    """
            )
        ),
        Rule(
            "canary/mirror-ignored",
            .warn,
            scope: .flagger,
            "no requests are copied on Contour",
            consequence: """
                The router has no mirroring, and the field is passed over: the revision is promoted without having \
                seen a request.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        mirror: true
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                        mirror: false
                    """
            )
        ),
    ]
}
