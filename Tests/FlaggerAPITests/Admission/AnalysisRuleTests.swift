import JSON
import Testing

/// Weights, times and strategies: what the user reads.
@Suite struct AnalysisRuleTests {
    static let cases: [WrongCanary] = [
        WrongCanary(
            "fractionalThreshold",
            [("/spec/analysis/threshold", 2.5)],
            [
                "deny 2.5: spec.analysis.threshold: must be a whole number; write 2 or 3 [canary/not-a-whole-number]"
            ]
        ),
        WrongCanary(
            "quotedThreshold",
            [("/spec/analysis/threshold", "5")],
            [
                """
                deny "5": spec.analysis.threshold: must be a whole number, not a string; write 5 without quotes \
                [canary/wrong-type]
                """
            ]
        ),
        WrongCanary(
            "intervalBelowTenSeconds",
            [("/spec/analysis/interval", "5s"), ("/spec/analysis/webhooks/0/timeout", "2s")],
            [
                "warn \"5s\": spec.analysis.interval: raised to 10s; write 10s or more [canary/interval-below-10s]"
            ]
        ),
        WrongCanary(
            "intervalInWords",
            [("/spec/analysis/interval", "1min")],
            [
                """
                deny "1min": spec.analysis.interval: not a duration such as 30s or 1m30s; write 1m \
                [canary/not-a-go-duration]
                """
            ]
        ),
        WrongCanary(
            "intervalWithoutUnit",
            [("/spec/analysis/interval", "90")],
            [
                """
                deny "90": spec.analysis.interval: not a duration such as 30s or 1m30s; write 90s \
                [canary/not-a-go-duration]
                """
            ]
        ),
        WrongCanary(
            "intervalThatIsNone",
            [("/spec/analysis/interval", "soon")],
            [
                """
                deny "soon": spec.analysis.interval: not a Go duration; write a duration such as 30s or 1m30s \
                [canary/not-a-go-duration]
                """
            ]
        ),
        WrongCanary(
            "noInterval",
            [("/spec/analysis/interval", nil)],
            [
                """
                deny -: spec.analysis.interval: an analysis needs the time between two checks; write a duration \
                such as 30s [canary/missing-interval]
                """
            ]
        ),
        WrongCanary(
            "thresholdOfZero",
            [("/spec/analysis/threshold", 0)],
            [
                """
                deny 0: spec.analysis.threshold: rolls back before anything has failed; write how many failed \
                checks a revision may have, for example 5 [canary/threshold-below-1]
                """
            ]
        ),
        WrongCanary(
            "noThreshold",
            [("/spec/analysis/threshold", nil)],
            [
                """
                deny -: spec.analysis.threshold: an analysis needs the number of failed checks that ends it; \
                write a whole number such as 5 [canary/missing-threshold]
                """
            ]
        ),
        WrongCanary(
            "iterationsAndWeights",
            [("/spec/analysis/iterations", 10)],
            [
                """
                deny 10: spec.analysis.iterations: stands beside stepWeight, but an analysis goes either by \
                iterations or by weights; remove iterations [canary/iterations-and-weights]
                """
            ]
        ),
        WrongCanary(
            "stepWeightOfZero",
            [("/spec/analysis/stepWeight", 0)],
            [
                """
                deny 0: spec.analysis.stepWeight: the revision would get no traffic and wait for ever; write a \
                stepWeight of 1 to 100 [canary/step-weight-below-1]
                """
            ]
        ),
        WrongCanary(
            "noSteps",
            [("/spec/analysis/stepWeight", nil)],
            [
                """
                deny -: spec.analysis.stepWeight: without a step the revision would get no traffic and wait for \
                ever; write a stepWeight of 1 to 100, or stepWeights [canary/no-strategy]
                """
            ]
        ),
        WrongCanary(
            "emptyStepWeights",
            [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/stepWeights", []),
            ],
            [
                """
                deny []: spec.analysis.stepWeights: without a step the revision would get no traffic and wait \
                for ever; write a list such as [5, 25, 50] [canary/step-weights-empty]
                """
            ]
        ),
        WrongCanary(
            "stepWeightsFromZero",
            [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/stepWeights", [0, 10]),
            ],
            [
                """
                deny 0: spec.analysis.stepWeights[0]: the revision would get no traffic and wait for ever; write \
                a weight of 1 to 100 [canary/step-weights-below-1]
                """
            ]
        ),
        WrongCanary(
            "stepWeightsNotRising",
            [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/stepWeights", [10, 30, 30, 20]),
            ],
            [
                """
                deny 30: spec.analysis.stepWeights[2]: not more than the weight before it (30), so the analysis \
                would stop there; write weights that rise [canary/step-weights-not-rising]
                """,
                """
                deny 20: spec.analysis.stepWeights[3]: not more than the weight before it (30), so the analysis \
                would stop there; write weights that rise [canary/step-weights-not-rising]
                """,
            ]
        ),
        WrongCanary(
            "stepWeightsAboveAll",
            [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/stepWeights", [50, 120]),
            ],
            [
                """
                deny 120: spec.analysis.stepWeights[1]: more than all of the traffic (100); write a weight of 1 \
                to 100 [canary/step-weights-above-100]
                """
            ]
        ),
        WrongCanary(
            "stepWeightAndStepWeights",
            [("/spec/analysis/maxWeight", nil), ("/spec/analysis/stepWeights", [10, 20])],
            [
                """
                deny [...]: spec.analysis.stepWeights: stands beside stepWeight, but an analysis goes by one of \
                the two; remove one of them [canary/step-weight-and-weights]
                """
            ]
        ),
        WrongCanary(
            "stepWeightAboveAll",
            [("/spec/analysis/stepWeight", 110)],
            [
                """
                deny 110: spec.analysis.stepWeight: more than all of the traffic (100); write a stepWeight of 1 \
                to 100 [canary/step-weight-above-100]
                """
            ]
        ),
        WrongCanary(
            "stepWeightAboveMax",
            [("/spec/analysis/stepWeight", 60)],
            [
                """
                deny 60: spec.analysis.stepWeight: more than maxWeight (50); write a stepWeight of 1 to 50 \
                [canary/step-weight-above-max]
                """
            ]
        ),
        WrongCanary(
            "maxWeightNoMultiple",
            [("/spec/analysis/stepWeight", 20)],
            [
                """
                warn 20: spec.analysis.stepWeight: does not divide maxWeight (50): the last step is 10; write 10 \
                [canary/max-weight-no-multiple]
                """
            ]
        ),
        WrongCanary(
            "maxWeightAboveAll",
            [("/spec/analysis/maxWeight", 150)],
            [
                """
                deny 150: spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; \
                write a maxWeight of 1 to 100 [canary/max-weight-above-100]
                """
            ]
        ),
        WrongCanary(
            "maxWeightOfZero",
            [("/spec/analysis/maxWeight", 0)],
            [
                "warn 0: spec.analysis.maxWeight: read as 100; write 1 to 100 [canary/max-weight-zero]"
            ]
        ),
        WrongCanary(
            "maxWeightBesideStepWeights",
            [("/spec/analysis/stepWeight", nil), ("/spec/analysis/stepWeights", [10, 20])],
            [
                "warn 50: spec.analysis.maxWeight: ignored beside stepWeights; remove it [canary/max-weight-ignored]"
            ]
        ),
        WrongCanary(
            "negativePromotionStep",
            [("/spec/analysis/stepWeightPromotion", -5)],
            [
                """
                deny -5: spec.analysis.stepWeightPromotion: not a percentage; write a stepWeightPromotion of 0 \
                to 100 [canary/promotion-step]
                """
            ]
        ),
        WrongCanary(
            "readyThresholdAboveAll",
            [("/spec/analysis/canaryReadyThreshold", 101)],
            [
                """
                deny 101: spec.analysis.canaryReadyThreshold: not a percentage, so the pods would never count as \
                ready; write 1 to 100 [canary/ready-threshold]
                """
            ]
        ),
        WrongCanary(
            "readyThresholdOfZero",
            [("/spec/analysis/primaryReadyThreshold", 0)],
            [
                """
                warn 0: spec.analysis.primaryReadyThreshold: counts as ready with no pod available; write 1 to \
                100 [canary/ready-threshold-zero]
                """
            ]
        ),
        WrongCanary(
            "deadlineOfZero",
            [("/spec/progressDeadlineSeconds", 0)],
            [
                """
                deny 0: spec.progressDeadlineSeconds: rolls back before a pod can be ready; write the seconds \
                that a pod needs at most, for example 600 [canary/progress-deadline-below-1]
                """
            ]
        ),
        WrongCanary(
            "sameCookies",
            [("/spec/analysis/sessionAffinity", ["cookieName": "a", "primaryCookieName": "a"])],
            [
                """
                deny "a": spec.analysis.sessionAffinity.primaryCookieName: the same as cookieName; write another \
                name [canary/same-cookie]
                """
            ]
        ),
        WrongCanary(
            "nothingToCheck",
            [("/spec/analysis/metrics", nil), ("/spec/analysis/webhooks", nil)],
            [
                """
                warn -: spec.analysis: no metrics and no webhooks, so every revision passes; write a metric \
                [canary/no-checks]
                """
            ]
        ),
        WrongCanary(
            "matchWithWeights",
            [("/spec/analysis/match", [["headers": ["a": ["exact": "1"], "b": ["exact": "2"]]]])],
            [
                """
                deny [...]: spec.analysis.match: an A/B test gives all requests that match to the revision, so it goes \
                by checks and not by shares; write iterations in place of stepWeight [canary/match-needs-iterations]
                """
            ]
        ),
        WrongCanary(
            "matchBySuffixOfAParameter",
            abTest + [("/spec/analysis/match", [["queryParams": ["canary": ["suffix": "sider"]]]])],
            [
                """
                deny "sider": spec.analysis.match[0].queryParams.canary.suffix: Flagger's API has no suffix for query \
                parameters; write regex: .*sider [canary/match-condition]
                """
            ]
        ),
        WrongCanary(
            "abTestOfSeveralHeaders",
            abTest + [
                (
                    "/spec/analysis/match",
                    [
                        ["headers": ["a": ["exact": "1"], "b": ["regex": ".*"]]],
                        ["queryParams": ["c": ["prefix": "x"]]],
                    ]
                )
            ],
            []
        ),
        WrongCanary(
            "pauseWhereNoStepIs",
            [("/spec/analysis/stepWeight", 10), ("/spec/analysis/pauses", [["atWeight": 15, "for": "1m"]])],
            [
                """
                deny 15: spec.analysis.pauses[0].atWeight: no step has this share of the traffic, so the analysis would \
                never wait; write one of the weights 10, 20, 30, 40, 50 [canary/pause-unreached]
                """
            ]
        ),
        WrongCanary(
            "affinityOnPlainServices",
            [
                ("/spec/provider", "kubernetes"), ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/iterations", 5), ("/spec/analysis/sessionAffinity", ["cookieName": "a"]),
            ],
            [
                """
                deny {...}: spec.analysis.sessionAffinity: the provider kubernetes has Services alone, which lead to one \
                revision or the other; write iterations and remove it [canary/kubernetes-weights]
                """
            ]
        ),
    ]

    private static let abTest: [(String, JSONValue?)] = [
        ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil), ("/spec/analysis/iterations", 5),
    ]

    @Test(arguments: cases) func says(wrong: WrongCanary) throws {
        #expect(try wrong.texts() == wrong.expected)
        #expect(try wrong.tooLongWarnings().isEmpty)
    }
}
