import Schema

/// How long a bad revision may stay, and what is left out of a rollout.
extension CanaryCatalogue {
    static let switches: [Rule] = [
        Rule(
            "canary/checks-skipped",
            .warn,
            "skipAnalysis leaves the metrics and the hooks out",
            consequence: """
                Metrics and hooks stand in the Canary and none of them is asked: whatever is deployed is promoted \
                as soon as its pods are ready. That is meant for an emergency, and is easily forgotten afterwards.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      skipAnalysis: true
                    """,
                right: """
                    spec:
                      skipAnalysis: false
                    """
            )
        ),
        Rule(
            "canary/skip-analysis-new",
            .warn,
            scope: .flagger,
            "a new Canary should not skip its analysis",
            consequence: """
                Flagger does not wait for the new primary where the analysis is skipped: it leads the traffic \
                there while no pod of it is ready, and scales the target to 0. Requests fail until the primary is \
                up.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      skipAnalysis: true
                      analysis:
                        metrics: null
                        webhooks:
                        - {name: approval, type: confirm-rollout, url: "http://gate.test/"}
                    """,
                right: """
                    spec:
                      skipAnalysis: false
                    """
            )
        ),
        Rule(
            "canary/suspended-new",
            .warn,
            "a new Canary should not be suspended",
            consequence: """
                No primary, no Services and no route are made, and nothing says so but the field itself: new \
                revisions are deployed as if there were no Canary.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: true
                    """,
                right: """
                    spec:
                      suspend: false
                    """
            )
        ),
        Rule(
            "canary/suspended-mid-run",
            .warn,
            "a Canary should not be suspended in the middle of a run",
            consequence: """
                The traffic stays divided as it is, with an unproven revision in it, and nobody measures it or \
                takes it away.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      suspend: true
                    """,
                right: """
                    spec:
                      suspend: false
                    """,
                stored: """
                    status: {phase: Progressing, canaryWeight: 10}
                    """
            )
        ),
        Rule(
            "canary/slow-rollback",
            .warn,
            "a bad revision should be gone within an hour",
            consequence: """
                A revision is rolled back after threshold failed checks, one every interval; until then it keeps \
                its share of the traffic. With 60 checks every 2m that is two hours of failing requests.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        interval: 2m
                        threshold: 60
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 1m
                        threshold: 10
                    """
            )
        ),
        Rule(
            "canary/window-too-short",
            .warn,
            "the window of a metric should span two scrapes",
            consequence: """
                A rate needs two samples. Prometheus scrapes every 15 s or more rarely, so within less than 30s \
                there is often one or none: no value, which counts as a failed check.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - {name: request-success-rate, interval: 15s, thresholdRange: {min: 99}}
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - {name: request-success-rate, interval: 1m, thresholdRange: {min: 99}}
                    """
            )
        ),
        Rule(
            "canary/namespace-unwatched",
            .warn,
            "a Canary must be in the namespace that is looked after",
            consequence: """
                The server was told with --namespace to look after one namespace. A Canary in another is stored, \
                and nothing ever happens to it.
                """,
            examples: RuleExample(
                wrong: """
                    metadata: {namespace: prod}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: podinfo, namespace: prod}
                    spec:
                      selector: {matchLabels: {app: podinfo}}
                      template:
                        metadata: {labels: {app: podinfo}}
                        spec:
                          containers:
                          - name: podinfod
                            image: stefanprodan/podinfo:3.1.0
                            ports: [{name: http, containerPort: 9898}]
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata: {name: root, namespace: prod}
                    spec:
                      virtualhost: {fqdn: podinfo.example}
                      includes: [{name: podinfo}]
                    """,
                right: """
                    metadata: {namespace: test}
                    """
            )
        ),
    ]
}
