import JSON
import Testing

/// Unknown, misplaced and renamed fields, versions: what the user reads.
@Suite struct StructureTests {
    static let cases: [WrongCanary] = [
        WrongCanary(
            "misspeltThreshold",
            [("/spec/analysis/threshold", nil), ("/spec/analysis/treshold", 5)],
            [
                "deny 5: spec.analysis.treshold: unknown field; did you mean \"threshold\"? [canary/unknown-field]"
            ]
        ),
        WrongCanary(
            "misspeltBound",
            [("/spec/analysis/metrics/0/thresholdRange", nil), ("/spec/analysis/metrics/0/treshold", 99)],
            [
                """
                deny 99: spec.analysis.metrics[0].treshold: unknown field; did you mean "threshold"? \
                [canary/unknown-field]
                """
            ]
        ),
        WrongCanary(
            "wrongCase",
            [("/spec/analysis/stepweight", 5), ("/spec/analysis/stepWeight", nil)],
            [
                "deny 5: spec.analysis.stepweight: unknown field; did you mean \"stepWeight\"? [canary/unknown-field]"
            ]
        ),
        WrongCanary(
            "metricsOneLevelUp",
            [("/spec/metrics", [])],
            [
                "deny []: spec.metrics: unknown field; \"metrics\" belongs under spec.analysis [canary/unknown-field]"
            ]
        ),
        WrongCanary(
            "targetOneLevelDown",
            [("/spec/analysis/targetRef", ["kind": "Deployment"])],
            [
                """
                deny {...}: spec.analysis.targetRef: unknown field; "targetRef" belongs under spec \
                [canary/unknown-field]
                """
            ]
        ),
        WrongCanary(
            "portUnderSpec",
            [("/spec/port", 80)],
            [
                "deny 80: spec.port: unknown field; \"port\" belongs under spec.service [canary/unknown-field]"
            ]
        ),
        WrongCanary(
            "unknownField",
            [("/spec/colour", "blue")],
            [
                """
                deny "blue": spec.colour: unknown field; remove it; known here are provider, metricsServer, \
                targetRef, autoscalerRef, ingressRef, routeRef, upstreamRef, service and 5 more \
                [canary/unknown-field]
                """
            ]
        ),
        WrongCanary(
            "renamedAnalysis",
            [
                ("/spec/analysis", nil),
                ("/spec/canaryAnalysis", ["interval": "30s", "threshold": 5, "stepWeight": 5, "maxWeight": 150]),
            ],
            [
                """
                deny {...}: spec.canaryAnalysis: was renamed to spec.analysis and is not read here, so no \
                revision would ever be judged; move it to spec.analysis [canary/renamed-analysis]
                """,
                """
                deny 150: spec.canaryAnalysis.maxWeight: more than all of the traffic (100), which no step can \
                reach; write a maxWeight of 1 to 100 [canary/max-weight-above-100]
                """,
            ]
        ),
        WrongCanary(
            "analysisTwice",
            [("/spec/canaryAnalysis", ["interval": "30s"])],
            ["deny {...}: spec.canaryAnalysis: is not read beside analysis; remove it [canary/renamed-analysis]"]
        ),
        WrongCanary(
            "oldVersion",
            [("/apiVersion", "flagger.app/v1alpha3")],
            [
                """
                deny "flagger.app/v1alpha3": apiVersion: not converted; write flagger.app/v1beta1, and put \
                the analysis under spec.analysis [canary/api-version]
                """
            ]
        ),
        WrongCanary(
            "foreignVersion",
            [("/apiVersion", "flagger.app/v2")],
            [
                """
                deny "flagger.app/v2": apiVersion: not an API version of Flagger's objects; write \
                flagger.app/v1beta1 [canary/api-version]
                """
            ]
        ),
        WrongCanary(
            "noAnalysis",
            [("/spec/analysis", nil)],
            [
                """
                deny -: spec.analysis: without an analysis no revision can be judged; write analysis: with \
                interval, threshold, stepWeight and metrics [canary/no-analysis]
                """
            ]
        ),
        WrongCanary(
            "noTarget",
            [("/spec/targetRef", nil)],
            [
                """
                deny -: spec.targetRef: must be there; write targetRef: {apiVersion: apps/v1, kind: Deployment, \
                name: ...} [canary/missing-field]
                """
            ]
        ),
        WrongCanary(
            "noSpec",
            [("/spec", nil)],
            [
                "deny -: spec: must be there; write an object [canary/missing-field]"
            ]
        ),
        WrongCanary(
            "listForAnObject",
            [("/spec/service", [])],
            [
                "deny []: spec.service: must be an object, not a list; write its fields below it, indented [canary/wrong-type]"
            ]
        ),
        WrongCanary(
            "objectForAList",
            [("/spec/analysis/metrics", ["name": "request-duration"])],
            [
                """
                deny {...}: spec.analysis.metrics: must be a list, not an object; begin each entry with "- " \
                [canary/wrong-type]
                """
            ]
        ),
        WrongCanary(
            "numberInMetadata",
            [("/spec/analysis/webhooks/0/metadata", ["retries": 3, "quiet": true])],
            [
                """
                deny 3: spec.analysis.webhooks[0].metadata.retries: must be a string, not a number; put it in \
                quotes: "3" [canary/wrong-type]
                """,
                """
                deny true: spec.analysis.webhooks[0].metadata.quiet: must be a string, not a boolean; put it in \
                quotes: "true" [canary/wrong-type]
                """,
            ]
        ),
    ]

    @Test(arguments: cases) func says(wrong: WrongCanary) throws {
        #expect(try wrong.texts() == wrong.expected)
        #expect(try wrong.tooLongWarnings().isEmpty)
    }
}
