import Schema

/// Where an AlertProvider sends messages.
extension AlertProviderCatalogue {
    static let address: [Rule] = [
        Rule(
            "alertprovider/address-twice",
            "an address stands in one place",
            consequence: """
                Flagger's CRD takes address or secretRef, and of an object with both says that it matches no \
                schema.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      address: https://hooks.example/1
                      secretRef: {name: slack}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {address: ""}
                    """,
                right: """
                    spec:
                      address: null
                      secretRef: {name: slack}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {address: ""}
                    """
            )
        ),
        Rule(
            "alertprovider/no-address",
            "an address must be given",
            consequence: """
                Flagger's CRD refuses the object with the words that it matches no schema; without the CRD \
                messages are dropped in silence.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      address: null
                    """,
                right: """
                    spec:
                      address: https://hooks.example/1
                    """
            )
        ),
        Rule(
            "alertprovider/secret",
            .warn,
            scope: .flagger,
            "the Secret must be there, with the key address",
            consequence: """
                Messages are lost, which stands in Flagger's log alone. Only the names of keys are looked at here, \
                never their values.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      address: null
                      secretRef: {name: slack}
                    """,
                right: """
                    spec:
                      address: null
                      secretRef: {name: slack}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {address: ""}
                    """
            )
        ),
    ]
}
