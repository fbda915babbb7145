import Schema

/// How often is looked, and how long is waited.
extension CanaryCatalogue {
    static let times: [Rule] = [
        Rule(
            "canary/missing-interval",
            "an analysis must have an interval",
            consequence: """
                Flagger reads 60 seconds where none is given, and a test of minutes takes hours, or a fault has \
                that long to do harm.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        interval: null
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 30s
                    """
            )
        ),
        Rule(
            "canary/missing-threshold",
            "an analysis must have a threshold",
            consequence: """
                It reads as 0: in Flagger 0.23 the first look rolls every revision back with "failed checks \
                threshold reached 0"; later ones make it 1.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        threshold: null
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 5
                    """
            )
        ),
        Rule(
            "canary/threshold-below-1",
            "threshold must be 1 or more",
            consequence: """
                Flagger 0.23 rolls back at the first look, before anything has failed; later ones read it as 1, \
                without a word.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        threshold: 0
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 5
                    """
            )
        ),
        Rule(
            "canary/interval-below-10s",
            .warn,
            "interval is at least 10 seconds",
            consequence: """
                It is raised to 10 seconds without a word, so the rollout takes longer than the manifest says.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        interval: 5s
                        webhooks: []
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 10s
                        webhooks: []
                    """
            )
        ),
        Rule(
            "canary/ready-threshold",
            "the ready thresholds are percentages",
            consequence: """
                More than all of the pods can never be available: the rollout waits for ever and never runs into \
                its deadline.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        canaryReadyThreshold: 150
                    """,
                right: """
                    spec:
                      analysis:
                        canaryReadyThreshold: 75
                    """
            )
        ),
        Rule(
            "canary/ready-threshold-zero",
            .warn,
            "a ready threshold of 0 asks for no pod at all",
            consequence: """
                The workload counts as ready while not one of its pods is available, and traffic is sent to it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        canaryReadyThreshold: 0
                    """,
                right: """
                    spec:
                      analysis:
                        canaryReadyThreshold: 50
                    """
            )
        ),
        Rule(
            "canary/progress-deadline-below-1",
            "progressDeadlineSeconds must be 1 or more",
            consequence: """
                The first look at pods that are not ready yet rolls the revision back, which is at once.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      progressDeadlineSeconds: 0
                    """,
                right: """
                    spec:
                      progressDeadlineSeconds: 600
                    """
            )
        ),
    ]
}
