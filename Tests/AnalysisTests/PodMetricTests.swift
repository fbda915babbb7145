import Analysis
import Testing

@Suite struct PodMetricTests {
    private static let letters = "[b-df-hj-np-tv-xz2-9]"

    @Test func asksForTheShareOfAnswersThatAreNo5xx() {
        let expression = PodMetric.requestSuccessRate.expression(
            namespace: "test",
            .deployment,
            name: "podinfo",
            interval: "1m"
        )
        let pods =
            "kubernetes_namespace=\"test\",kubernetes_pod_name=~\"podinfo-\(Self.letters)+-\(Self.letters){5}\""
        #expect(
            expression == "100 * sum(rate(http_request_duration_seconds_count{\(pods),status!~\"5.*\"}[1m]))"
                + " / sum(rate(http_request_duration_seconds_count{\(pods)}[1m]))"
        )
    }

    @Test func asksForThe99thPercentileInMilliseconds() {
        let expression = PodMetric.requestDuration.expression(
            namespace: "test",
            .daemonSet,
            name: "podinfo",
            interval: "30s"
        )
        let pods = "kubernetes_namespace=\"test\",kubernetes_pod_name=~\"podinfo-\(Self.letters){5}\""
        #expect(
            expression
                == "1000 * histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket{\(pods)}[30s])) by (le))"
        )
    }

    /// None of the letters of generated names is in `primary` alone.
    @Test func tellsPodsFromThoseOfThePrimary() throws {
        let deployment = try Regex("podinfo-\(Self.letters)+-\(Self.letters){5}")
        #expect("podinfo-6d8f9c7b5-x2x4z".wholeMatch(of: deployment) != nil)
        #expect("podinfo-primary-6d8f9c7b5-x2x4z".wholeMatch(of: deployment) == nil)
        let daemonSet = try Regex("podinfo-\(Self.letters){5}")
        #expect("podinfo-x2x4z".wholeMatch(of: daemonSet) != nil)
        #expect("podinfo-primary-x2x4z".wholeMatch(of: daemonSet) == nil)
        #expect("podinfo-primary".wholeMatch(of: daemonSet) == nil)
    }
}
