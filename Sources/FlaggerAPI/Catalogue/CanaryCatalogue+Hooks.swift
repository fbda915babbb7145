import Schema

/// What the hooks are sent to.
extension CanaryCatalogue {
    static let hooks: [Rule] = [
        Rule(
            "canary/rollback-always",
            .warn,
            "a rollback hook must be able to say no",
            consequence: """
                The load tester's /gate/approve says yes to everything, and a rollback hook that says yes ends the \
                run: every revision is rolled back at the first look.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: back, type: rollback, url: "http://flagger-loadtester.test/gate/approve"}
                        - {name: load-test, url: "http://load-tester.test/"}
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: back, type: rollback, url: "http://flagger-loadtester.test/rollback/check"}
                        - {name: load-test, url: "http://load-tester.test/"}
                    """
            )
        ),
        Rule(
            "canary/gate-shared",
            .warn,
            "two questions should not be answered by one gate",
            consequence: """
                A gate of the load tester is one per canary, whatever is asked of it, and stays as it is set: \
                whoever opens it to let a rollout begin has approved its promotion too.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: begin, type: confirm-rollout, url: "http://flagger-loadtester.test/gate/check"}
                        - {name: promote, type: confirm-promotion, url: "http://flagger-loadtester.test/gate/check"}
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: begin, type: confirm-rollout, url: "http://flagger-loadtester.test/gate/check"}
                        - {name: promote, type: confirm-promotion, url: "http://approvals.test/promotion"}
                    """
            )
        ),
        Rule(
            "canary/load-test-type",
            .warn,
            "the load tester must know the type of its task",
            consequence: """
                The load tester knows cmd, bash, helm, helmv3, kubectl, concord and ngrinder. For anything else it \
                drops the connection, which counts as a failed check.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - name: load-test
                          url: http://flagger-loadtester.test/
                          metadata: {type: bsh, cmd: "hey -z 1m http://podinfo-canary.test/"}
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - name: load-test
                          url: http://flagger-loadtester.test/
                          metadata: {type: bash, cmd: "hey -z 1m http://podinfo-canary.test/"}
                    """
            )
        ),
        Rule(
            "canary/load-test-command",
            .warn,
            "the load tester must be given a command",
            consequence: "A hook without a command in its metadata is answered with 400, and each check fails.",
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - name: load-test
                          url: http://flagger-loadtester.test/
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - name: load-test
                          url: http://flagger-loadtester.test/
                          metadata: {cmd: "hey -z 1m http://podinfo-canary.test/"}
                    """
            )
        ),
        Rule(
            "canary/hooks-outlast-interval",
            .warn,
            "hooks should be done before the next check is due",
            consequence: """
                The hooks of a check are asked one after the other, each for up to its timeout and as often as \
                retries says. Where that takes longer than the interval, Flagger drops checks and our loop makes \
                them later: a bad revision stays longer than threshold and interval say.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: load-test, url: "http://load-tester.test/", timeout: 15s, retries: 3}
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - {name: load-test, url: "http://load-tester.test/", timeout: 5s, retries: 1}
                    """
            )
        ),
    ]
}
