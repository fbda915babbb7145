import Schema

/// What the strategies of our loop cannot do, or would pass over.
extension CanaryCatalogue {
    static let strategies: [Rule] = [
        Rule(
            "canary/match-needs-iterations",
            scope: .loop,
            "an A/B test goes by checks, not by shares",
            consequence: """
                The requests that match would be divided by shares and all others never see the revision: it \
                would be promoted on what a few testers did. The loop refuses to begin.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {match: [{headers: {x-canary: {exact: insider}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            )
        ),
        Rule(
            "canary/mirror-with-match",
            .warn,
            scope: .loop,
            "an A/B test copies no requests",
            consequence: """
                The requests that match are answered by the revision itself; nothing is copied to it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, mirror: true, match: [{headers: {x-canary: {exact: insider}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            )
        ),
        Rule(
            "canary/mirror-weight",
            "mirrorWeight must be 1 to 100",
            consequence: """
                Contour takes a mirror of 0 percent for one of all requests, and one above 100 too: the revision \
                would get far more copies than was meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {mirror: true, mirrorWeight: 0}
                    """,
                right: """
                    spec:
                      analysis: {mirror: true, mirrorWeight: 25}
                    """
            ),
            RuleExample(
                wrong: """
                    spec:
                      analysis: {mirror: true, mirrorWeight: 200}
                    """,
                right: """
                    spec:
                      analysis: {mirror: true, mirrorWeight: 100}
                    """
            )
        ),
        Rule(
            "canary/mirror-weight-alone",
            .warn,
            scope: .loop,
            "mirrorWeight goes with mirror",
            consequence: """
                No request is copied, whatever the percentage is.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {mirrorWeight: 25}
                    """,
                right: """
                    spec:
                      analysis: {mirror: true, mirrorWeight: 25}
                    """
            )
        ),
        Rule(
            "canary/affinity-without-weights",
            .warn,
            scope: .loop,
            "session affinity goes with weights",
            consequence: """
                Callers are kept with a revision where shares of the traffic divide them; in an A/B or \
                blue/green test nothing does.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, sessionAffinity: {cookieName: podinfo}}
                    """,
                right: """
                    spec:
                      analysis: {sessionAffinity: {cookieName: podinfo}}
                    """
            )
        ),
        Rule(
            "canary/cookie-name",
            scope: .loop,
            "a cookie's name has no spaces and no marks",
            consequence: """
                Browsers drop such a cookie, so callers would be drawn anew with each request; in a condition of \
                the HTTPProxy it would match nothing.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {sessionAffinity: {cookieName: "pod info"}}
                    """,
                right: """
                    spec:
                      analysis: {sessionAffinity: {cookieName: podinfo}}
                    """
            )
        ),
        Rule(
            "canary/promotion-steps-twice",
            scope: .loop,
            "the traffic goes back by stepWeightPromotion or by a list",
            consequence: """
                The list wins, and the other is passed over in silence.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeightPromotion: 20, stepWeightsPromotion: [50, 90]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeightsPromotion: [50, 90]}
                    """
            )
        ),
        Rule(
            "canary/promotion-steps-not-rising",
            scope: .loop,
            "the weights of the way back must rise",
            consequence: """
                The promoted revision would lose traffic on its way back; the loop refuses to begin.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeightsPromotion: [50, 30]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeightsPromotion: [50, 90]}
                    """
            )
        ),
        Rule(
            "canary/promotion-at-once",
            .warn,
            scope: .loop,
            "an A/B test goes back at once",
            consequence: """
                The requests that match go to the promoted revision all at once when it is ready.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, stepWeightPromotion: 20, match: [{headers: {x-canary: {exact: insider}}}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, match: [{headers: {x-canary: {exact: insider}}}]}
                    """
            )
        ),
        Rule(
            "canary/pause-place",
            scope: .loop,
            "a pause stands at a weight or at an iteration",
            consequence: """
                It could not be told where the analysis has to wait; the loop refuses to begin.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {pauses: [{for: 10m}]}
                    """,
                right: """
                    spec:
                      analysis: {pauses: [{atWeight: 10, for: 10m}]}
                    """
            )
        ),
        Rule(
            "canary/pause-unreached",
            scope: .loop,
            "a pause stands where the analysis comes by",
            consequence: """
                The analysis would go past it without waiting for anybody.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: 10, maxWeight: 50, pauses: [{atWeight: 25}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: 10, maxWeight: 50, pauses: [{atWeight: 20}]}
                    """
            ),
            RuleExample(
                wrong: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, pauses: [{atIteration: 11}]}
                    """,
                right: """
                    spec:
                      analysis: {stepWeight: null, maxWeight: null, iterations: 10, pauses: [{atIteration: 10}]}
                    """
            )
        ),
        Rule(
            "canary/ours-alone",
            scope: .flagger,
            "Flagger has no pauses and no list for the way back",
            consequence: """
                Flagger does not know the fields: a pause that somebody counts on would not be one.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: {pauses: [{atWeight: 10}]}
                    """,
                right: """
                    spec: {}
                    """
            )
        ),
    ]
}
