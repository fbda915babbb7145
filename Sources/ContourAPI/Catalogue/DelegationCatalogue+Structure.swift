import Schema

/// Fields: known, there, of the right type.
extension DelegationCatalogue {
    static let structure: [Rule] = [
        Rule(
            "tlscertificatedelegation/unknown-field",
            .warn,
            "a field must be one that a TLSCertificateDelegation has",
            consequence: """
                The API server drops the field and stores the rest. Contour never writes a status on these objects, so \
                nothing says that it delegates less than was meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
                        namespaces:
                        - shop
                    """,
                right: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
                        - shop
                    """
            )
        ),
        Rule(
            "tlscertificatedelegation/missing-field",
            "a field that is needed must be there",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - targetNamespaces:
                        - web
                    """,
                right: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
                    """
            )
        ),
        Rule(
            "tlscertificatedelegation/wrong-type",
            "a field must have the type that it is read as",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces: web
                    """,
                right: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
                    """
            )
        ),
    ]
}
