import JSON
import Testing

/// Metrics and webhooks: what the user reads.
@Suite struct MetricRuleTests {
    static let cases: [WrongCanary] = [
        WrongCanary(
            "unknownMetric",
            [("/spec/analysis/metrics/0/name", "error-rate")],
            [
                """
                deny "error-rate": spec.analysis.metrics[0].name: no builtin metric, and nothing says how to \
                measure it; write request-success-rate or request-duration [canary/unknown-metric]
                """
            ]
        ),
        WrongCanary(
            "misspeltMetric",
            [("/spec/analysis/metrics/0/name", "request-succes-rate")],
            [
                """
                deny "request-succes-rate": spec.analysis.metrics[0].name: no builtin metric, and nothing says \
                how to measure it; did you mean "request-success-rate"? [canary/unknown-metric]
                """
            ]
        ),
        WrongCanary(
            "templateWithoutInterval",
            [
                ("/spec/analysis/metrics/0/interval", nil), ("/spec/analysis/metrics/0/name", "errors"),
                ("/spec/analysis/metrics/0/templateRef", ["name": "errors"]),
            ],
            [
                """
                deny -: spec.analysis.metrics[0].interval: a template needs the window for its query; write a \
                duration such as 1m [canary/template-without-interval]
                """,
                """
                deny {...}: spec.analysis.metrics[0].templateRef: only the builtin metrics are measured; use \
                request-success-rate or request-duration [canary/not-supported-yet]
                """,
            ]
        ),
        WrongCanary(
            "builtinAndQuery",
            [("/spec/analysis/metrics/0/query", "up")],
            [
                """
                deny "up": spec.analysis.metrics[0].query: beside the builtin metric request-success-rate both \
                would be held against one bound; give the metric another name [canary/builtin-and-own]
                """,
                """
                deny "up": spec.analysis.metrics[0].query: only the builtin metrics are measured; use \
                request-success-rate or request-duration [canary/not-supported-yet]
                """,
            ]
        ),
        WrongCanary(
            "boundsCrossed",
            [("/spec/analysis/metrics/0/thresholdRange", ["min": 99, "max": 95])],
            [
                """
                deny 99: spec.analysis.metrics[0].thresholdRange.min: more than max (95), so no value passes; \
                write a min of at most max [canary/bounds-crossed]
                """
            ]
        ),
        WrongCanary(
            "emptyRange",
            [("/spec/analysis/metrics/0/thresholdRange", [:])],
            [
                """
                deny {}: spec.analysis.metrics[0].thresholdRange: without a bound it always passes; write min, \
                max or both [canary/empty-bound]
                """
            ]
        ),
        WrongCanary(
            "noBound",
            [("/spec/analysis/metrics/0/thresholdRange", nil)],
            [
                """
                deny -: spec.analysis.metrics[0].thresholdRange: nothing says which values are good; write \
                thresholdRange: {min: 99} or {max: 500} [canary/no-bound]
                """
            ]
        ),
        WrongCanary(
            "successRateAsRatio",
            [("/spec/analysis/metrics/0/thresholdRange", ["min": 0.99])],
            [
                """
                warn 0.99: spec.analysis.metrics[0].thresholdRange.min: a percentage, not a ratio; write 99 \
                [canary/success-rate-ratio]
                """
            ]
        ),
        WrongCanary(
            "successRateAboveAll",
            [("/spec/analysis/metrics/0/thresholdRange", ["min": 101])],
            [
                """
                deny 101: spec.analysis.metrics[0].thresholdRange.min: more than 100 percent, so it never \
                passes; write 99 [canary/success-rate-above-100]
                """
            ]
        ),
        WrongCanary(
            "durationInSeconds",
            [("/spec/analysis/metrics/1/thresholdRange", ["max": 0.5])],
            [
                """
                deny 0.5: spec.analysis.metrics[1].thresholdRange.max: milliseconds, not seconds, so it never \
                passes; write 500 [canary/duration-below-1ms]
                """
            ]
        ),
        WrongCanary(
            "durationWithAFraction",
            [("/spec/analysis/metrics/1/thresholdRange", ["max": 250.5])],
            [
                """
                deny 250.5: spec.analysis.metrics[1].thresholdRange.max: must be whole milliseconds; write 251 \
                [canary/duration-fraction]
                """
            ]
        ),
        WrongCanary(
            "fractionalWindow",
            [("/spec/analysis/metrics/0/interval", "1.5m")],
            [
                """
                deny "1.5m": spec.analysis.metrics[0].interval: not a Prometheus duration; write a duration of \
                whole numbers such as 30s or 1m30s [canary/not-a-prometheus-duration]
                """
            ]
        ),
        WrongCanary(
            "unknownHookType",
            [("/spec/analysis/webhooks/0/type", "pre-rolout")],
            [
                """
                deny "pre-rolout": spec.analysis.webhooks[0].type: not a known value; did you mean \
                "pre-rollout"? Write one of confirm-rollout, pre-rollout, rollout, confirm-traffic-increase, \
                confirm-promotion, post-rollout, rollback, event [canary/not-a-choice]
                """
            ]
        ),
        WrongCanary(
            "hookTimeoutInWords",
            [("/spec/analysis/webhooks/0/timeout", "10sec")],
            [
                """
                deny "10sec": spec.analysis.webhooks[0].timeout: not a duration such as 30s or 1m30s; write 10s \
                [canary/not-a-go-duration]
                """
            ]
        ),
        WrongCanary(
            "hookURLWithoutScheme",
            [("/spec/analysis/webhooks/0/url", "load-tester.test/")],
            [
                """
                deny "load-tester.test/": spec.analysis.webhooks[0].url: not a URL such as \
                http://load-tester.test/; write http://load-tester.test/ [canary/not-a-url]
                """
            ]
        ),
        WrongCanary(
            "hookURLThatIsNone",
            [("/spec/analysis/webhooks/0/url", "http:///")],
            [
                """
                deny "http:///": spec.analysis.webhooks[0].url: not a URL; write a URL such as \
                http://load-tester.test/ [canary/not-a-url]
                """
            ]
        ),
        WrongCanary(
            "noHookName",
            [("/spec/analysis/webhooks/0/name", nil)],
            [
                "deny -: spec.analysis.webhooks[0].name: must be there; write a text that is not empty [canary/missing-field]"
            ]
        ),
    ]

    @Test(arguments: cases) func says(wrong: WrongCanary) throws {
        #expect(try wrong.texts() == wrong.expected)
        #expect(try wrong.tooLongWarnings().isEmpty)
    }
}
