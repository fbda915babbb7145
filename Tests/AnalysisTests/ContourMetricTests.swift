import Analysis
import Testing

@Suite struct ContourMetricTests {
    @Test func asksForTheShareOfAnswersThatAreNo5xx() {
        let expression = ContourMetric.requestSuccessRate.expression(
            namespace: "test",
            service: "podinfo-canary",
            interval: "1m"
        )
        let cluster = "envoy_cluster_name=~\"test_podinfo-canary_[0-9a-zA-Z-]+\""
        #expect(
            expression == "100 * sum(rate(envoy_cluster_upstream_rq{\(cluster),envoy_response_code!~\"5.*\"}[1m]))"
                + " / sum(rate(envoy_cluster_upstream_rq{\(cluster)}[1m]))"
        )
    }

    @Test func asksForThe99thPercentile() {
        let expression = ContourMetric.requestDuration.expression(
            namespace: "test",
            service: "podinfo-canary",
            interval: "30s"
        )
        #expect(
            expression == "histogram_quantile(0.99, sum(rate(envoy_cluster_upstream_rq_time_bucket"
                + "{envoy_cluster_name=~\"test_podinfo-canary_[0-9a-zA-Z-]+\"}[30s])) by (le))"
        )
    }

    @Test func cutsTheFractionOffADurationOnly() {
        #expect(ContourMetric.requestDuration.normalized(.value(499.9)) == .value(499))
        #expect(ContourMetric.requestDuration.normalized(.value(.infinity)) == .value(.infinity))
        #expect(ContourMetric.requestDuration.normalized(.noData) == .noData)
        #expect(ContourMetric.requestSuccessRate.normalized(.value(98.9)) == .value(98.9))
    }

    @Test func isFoundByTheNameInAManifest() {
        #expect(ContourMetric(rawValue: "request-duration") == .requestDuration)
        #expect(ContourMetric(rawValue: "error-rate") == nil)
    }
}
