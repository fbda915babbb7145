import Schema

/// Fields: known, there, of the right type and form.
extension AlertProviderCatalogue {
    static let structure: [Rule] = [
        Rule(
            "alertprovider/unknown-field",
            "a field must be one that an AlertProvider has",
            consequence: """
                The API server drops a field that Flagger's CRD does not declare, without a word, and the \
                provider is stored without it: alerts go to the default channel, or nowhere.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      chanel: releases
                    """,
                right: """
                    spec:
                      channel: releases
                    """
            )
        ),
        Rule(
            "alertprovider/missing-field",
            "a field that is needed must be there",
            consequence: """
                Without its type nobody knows how to talk to the service. Flagger says so in its log when an \
                alert is due, and the alert is lost.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      type: null
                    """,
                right: """
                    spec:
                      type: slack
                    """
            )
        ),
        Rule(
            "alertprovider/wrong-type",
            "a field must have the type that it is read as",
            consequence: """
                The CRD refuses some of these without saying which quotes are missing. What it lets through, \
                Flagger cannot decode; one such object stops the controller's list of all providers.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      channel: 42
                    """,
                right: """
                    spec:
                      channel: "42"
                    """
            )
        ),
        Rule(
            "alertprovider/not-a-choice",
            "a field with a list of values must have one of them",
            consequence: """
                Flagger knows no service of the name. It says so in its log when an alert is due, and the alert \
                is lost.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      type: slak
                    """,
                right: """
                    spec:
                      type: slack
                    """
            )
        ),
        Rule(
            "alertprovider/not-a-url",
            "an address must be a URL with scheme and host",
            consequence: "Each alert fails to be sent, which stands in the controller's log alone.",
            examples: RuleExample(
                wrong: """
                    spec:
                      address: hooks.example/1
                    """,
                right: """
                    spec:
                      address: https://hooks.example/1
                    """
            )
        ),
        Rule(
            "alertprovider/not-supported-yet",
            .warn,
            scope: .loop,
            "the loop here sends no alerts yet",
            consequence: "The provider is stored, and nobody is told anything through it.",
            examples: RuleExample(
                wrong: """
                    spec:
                      type: slack
                    """,
                right: """
                    kind: Canary
                    spec:
                      analysis:
                        threshold: 5
                    """
            )
        ),
    ]
}
