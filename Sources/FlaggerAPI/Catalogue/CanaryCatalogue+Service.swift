import Schema

/// The route that is made for the workload.
extension CanaryCatalogue {
    static let service: [Rule] = [
        Rule(
            "canary/retry-attempts",
            "retries.attempts must be 0 or more",
            consequence: """
                Contour takes -1 for no retries at all. What is less is refused by the API server at every tick, \
                after the target was scaled to nothing.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        retries:
                          attempts: -1
                          retryOn: connect-failure
                    """,
                right: """
                    spec:
                      service:
                        retries:
                          attempts: 3
                          retryOn: connect-failure
                    """
            )
        ),
        Rule(
            "canary/retry-attempts-zero",
            .warn,
            "Contour reads 0 attempts as 1",
            consequence: "Requests are retried once where the manifest seems to say never.",
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        retries:
                          attempts: 0
                          retryOn: connect-failure
                    """,
                right: """
                    spec:
                      service:
                        retries: null
                    """
            )
        ),
        Rule(
            "canary/retry-on-missing",
            .warn,
            scope: .loop,
            "retries should say what is retried",
            consequence: """
                Flagger writes an empty condition, which Contour refuses after the target was scaled to nothing. \
                Here Contour's default holds, 5xx: it retries the very answers by which a bad revision shows, \
                and hides them from the success rate.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        retries:
                          attempts: 3
                    """,
                right: """
                    spec:
                      service:
                        retries:
                          attempts: 3
                          retryOn: connect-failure
                    """
            )
        ),
        Rule(
            "canary/retry-on-unknown",
            "retryOn must hold conditions that Contour knows",
            consequence: """
                The HTTPProxy is refused by the API server at every tick, after the target was scaled to \
                nothing: the application has no route.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        retries:
                          attempts: 3
                          retryOn: connection-failure
                    """,
                right: """
                    spec:
                      service:
                        retries:
                          attempts: 3
                          retryOn: connect-failure
                    """
            )
        ),
        Rule(
            "canary/timeout-zero",
            .warn,
            "Contour reads a timeout of 0 as its default",
            consequence: """
                Requests end after Contour's 15 seconds where the manifest seems to say never.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        timeout: 0s
                    """,
                right: """
                    spec:
                      service:
                        timeout: 15s
                    """
            )
        ),
        Rule(
            "canary/route-prefix",
            "a path must begin with a slash",
            consequence: """
                Contour marks the HTTPProxy invalid and drops all of its routes; every request gets a 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        match:
                        - uri:
                            prefix: api
                    """,
                right: """
                    spec:
                      service:
                        match:
                        - uri:
                            prefix: /api
                    """
            )
        ),
        Rule(
            "canary/route-match",
            .warn,
            "of match the first prefix is read and nothing else",
            consequence: """
                What else stands there is passed over, so requests reach the application that the manifest seems \
                to keep away.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        match:
                        - uri:
                            exact: /api
                    """,
                right: """
                    spec:
                      service:
                        match:
                        - uri:
                            prefix: /api
                    """
            )
        ),
    ]
}
