import Schema

/// What is delegated, and to whom.
extension DelegationCatalogue {
    static let meaning: [Rule] = [
        Rule(
            "tlscertificatedelegation/secret-name-invalid",
            "a delegated Secret is of the object's own namespace, named without one",
            consequence: """
                Contour reports nothing, as it never writes a status on these objects; whoever refers to the Secret \
                from elsewhere is marked invalid (`TLSError/DelegationNotPermitted`).
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: test/podinfo-tls
                        targetNamespaces:
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
            "tlscertificatedelegation/namespace-invalid",
            "a target is the whole name of a namespace",
            consequence: """
                Contour reports nothing, as it never writes a status on these objects; whoever refers to the Secret \
                from elsewhere is marked invalid (`TLSError/DelegationNotPermitted`). There are no patterns but the \
                single `*`.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web-*
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
            "tlscertificatedelegation/wildcard-beside-others",
            "* for all namespaces stands alone",
            consequence: """
                Contour takes `*` for all namespaces only where it is the single entry; beside others it is a name \
                that no namespace has. Contour reports nothing, as it never writes a status on these objects; whoever \
                refers to the Secret from elsewhere is marked invalid (`TLSError/DelegationNotPermitted`).
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - "*"
                        - web
                    """,
                right: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - "*"
                    """
            )
        ),
        Rule(
            "tlscertificatedelegation/nothing-delegated",
            .warn,
            "a TLSCertificateDelegation delegates something",
            consequence: """
                Contour reports nothing, as it never writes a status on these objects; whoever refers to the Secret \
                from elsewhere is marked invalid (`TLSError/DelegationNotPermitted`).
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations: []
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
            "tlscertificatedelegation/no-target",
            .warn,
            "a Secret is delegated to some namespace",
            consequence: """
                Contour reports nothing, as it never writes a status on these objects; whoever refers to the Secret \
                from elsewhere is marked invalid (`TLSError/DelegationNotPermitted`).
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces: []
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
            "tlscertificatedelegation/own-namespace",
            .warn,
            "a Secret needs no delegation within its own namespace",
            consequence: """
                Contour asks for none there. The entry does nothing, and hints that another namespace was meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - test
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
            "tlscertificatedelegation/target-duplicate",
            .warn,
            "a namespace is named once",
            consequence: """
                Contour reports nothing, and the second entry does nothing; another namespace may have been meant.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
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
    ]
}
