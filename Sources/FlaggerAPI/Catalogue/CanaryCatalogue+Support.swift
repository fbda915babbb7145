import Schema

/// What Flagger has and the loop here has not.
extension CanaryCatalogue {
    static let support: [Rule] = [
        Rule(
            "canary/not-supported-yet",
            scope: .loop,
            "a feature of Flagger's that the loop here lacks",
            consequence: """
                The field would be passed over in silence: an A/B test would be no test, an alert would not be \
                sent. What changes how traffic flows is refused; what is only left out is warned about, under \
                the same id.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        iterations: 10
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: 5
                        maxWeight: 50
                    """
            ),
            RuleExample(
                wrong: """
                    spec:
                      provider: istio
                    """,
                right: """
                    spec:
                      provider: contour
                    """
            )
        )
    ]
}
