import Schema

/// How much traffic a revision gets, step by step.
extension CanaryCatalogue {
    static let weights: [Rule] = [
        Rule(
            "canary/no-strategy",
            "an analysis must have a step",
            consequence: """
                The revision gets no traffic and is never promoted: it stays Progressing for ever, with nothing \
                but the event that it began.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/iterations-and-weights",
            "an analysis goes by iterations or by weights, not both",
            consequence: """
                Flagger's CRD refuses it with a line about oneOf that names neither of the two. Without it the \
                iterations win, and the weights are passed over.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        iterations: 10
                        stepWeight: 5
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/step-weight-and-weights",
            "an analysis has stepWeight or stepWeights, not both",
            consequence: """
                Flagger's CRD refuses it with a line about oneOf. Without it the traffic rises by stepWeight up \
                to the last of stepWeights: the steps of the list are passed over in silence.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: 5
                        stepWeights:
                        - 5
                        - 25
                        - 50
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/step-weight-below-1",
            "stepWeight must be 1 or more",
            consequence: """
                The revision gets no traffic and is never promoted: it stays Progressing for ever.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: 0
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 5
                    """
            )
        ),
        Rule(
            "canary/step-weight-above-100",
            "stepWeight must be 100 or less",
            consequence: """
                It is cut to 100, and the first step gives an unproven revision all of the traffic.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: 150
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 10
                    """
            )
        ),
        Rule(
            "canary/step-weight-above-max",
            "stepWeight may not be above maxWeight",
            consequence: """
                The first step goes beyond the ceiling: the revision gets more traffic than maxWeight allows, \
                before anything was measured at a lower share.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        maxWeight: 50
                        stepWeight: 60
                    """,
                right: """
                    spec:
                      analysis:
                        maxWeight: 50
                        stepWeight: 10
                    """
            )
        ),
        Rule(
            "canary/max-weight-no-multiple",
            .warn,
            "maxWeight should be a multiple of stepWeight",
            consequence: """
                Flagger's last step overshoots maxWeight by up to a step; ours is a smaller one. Neither is what \
                the manifest seems to say.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        maxWeight: 50
                        stepWeight: 20
                    """,
                right: """
                    spec:
                      analysis:
                        maxWeight: 50
                        stepWeight: 10
                    """
            )
        ),
        Rule(
            "canary/max-weight-below-0",
            "maxWeight must be 0 or more",
            consequence: "It is read as 100, so a ceiling that was to be low is none at all.",
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        maxWeight: -1
                    """,
                right: """
                    spec:
                      analysis:
                        maxWeight: 50
                    """
            )
        ),
        Rule(
            "canary/max-weight-above-100",
            "maxWeight must be 100 or less",
            consequence: """
                No step can reach it: the revision gets all of the traffic and is never promoted, and the same \
                event is written at every tick.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        maxWeight: 150
                    """,
                right: """
                    spec:
                      analysis:
                        maxWeight: 50
                    """
            )
        ),
        Rule(
            "canary/max-weight-zero",
            .warn,
            "a maxWeight of 0 is read as 100",
            consequence: """
                The ceiling that was to be the lowest is the highest: the revision is promoted only when it has \
                all of the traffic.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        maxWeight: 0
                    """,
                right: """
                    spec:
                      analysis:
                        maxWeight: 50
                    """
            )
        ),
        Rule(
            "canary/max-weight-ignored",
            .warn,
            "maxWeight means nothing beside stepWeights",
            consequence: """
                The last of stepWeights is the ceiling. A maxWeight below it does not hold anything back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        stepWeights:
                        - 5
                        - 25
                        - 50
                        maxWeight: 30
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        stepWeights:
                        - 5
                        - 25
                        maxWeight: null
                    """
            )
        ),
        Rule(
            "canary/step-weights-empty",
            "stepWeights must hold a step",
            consequence: """
                The revision gets no traffic and is never promoted: it stays Progressing for ever.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights: []
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 25
                        - 50
                    """
            )
        ),
        Rule(
            "canary/step-weights-below-1",
            "each of stepWeights must be 1 or more",
            consequence: """
                With a first step of 0 the revision gets no traffic and is never promoted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 0
                        - 25
                        - 50
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 25
                        - 50
                    """
            )
        ),
        Rule(
            "canary/step-weights-above-100",
            "each of stepWeights must be 100 or less",
            consequence: """
                It is cut to 100, so the revision gets all of the traffic earlier than was meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 50
                        - 150
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 50
                        - 100
                    """
            )
        ),
        Rule(
            "canary/step-weights-not-rising",
            "stepWeights must rise",
            consequence: """
                Flagger looks for the current weight in the list: at one that stands there twice it goes no \
                further, after one that falls it stops above the ceiling. It never promotes; it can only fail.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 25
                        - 25
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights:
                        - 5
                        - 25
                        - 50
                    """
            )
        ),
        Rule(
            "canary/promotion-step",
            "stepWeightPromotion is a percentage",
            consequence: """
                A negative one moves traffic to the canary instead of the primary, until a weight below 0 is \
                refused; the rollout is stuck in Promoting.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeightPromotion: -10
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeightPromotion: 10
                    """
            )
        ),
    ]
}
