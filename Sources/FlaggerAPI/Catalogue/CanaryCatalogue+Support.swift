import Schema

/// What Flagger has and the loop here has not.
extension CanaryCatalogue {
    static let support: [Rule] = [
        Rule(
            "canary/not-supported-yet",
            scope: .loop,
            "a feature of Flagger's that the loop here lacks",
            consequence: """
                The field would be passed over in silence: a metric would not be measured, an alert would not be \
                sent. What changes how traffic flows is refused; what is only left out is warned about, under \
                the same id.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - {name: errors, interval: 1m, thresholdRange: {max: 1}, query: up}
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - {name: request-success-rate, interval: 1m, thresholdRange: {min: 99}}
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
