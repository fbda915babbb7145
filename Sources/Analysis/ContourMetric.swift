/// The two metrics that need no query of their own, asked of Envoy's series as Contour names them.
///
/// Contour gives a Service's statistics the name `<namespace>_<service>_<port>`, so the port is matched by pattern.
package enum ContourMetric: String, CaseIterable, Sendable {
    /// The share of the canary's answers that are no 5xx, in percent, 0...100.
    case requestSuccessRate = "request-success-rate"
    /// The 99th percentile of the canary's answer times, in whole milliseconds.
    case requestDuration = "request-duration"

    /// The PromQL expression for the Service `service` (the canary's, `podinfo-canary`) in `namespace`.
    ///
    /// `interval` is the window as Prometheus writes it, for example `1m`.
    package func expression(namespace: String, service: String, interval: String) -> String {
        let cluster = "envoy_cluster_name=~\"\(namespace)_\(service)_[0-9a-zA-Z-]+\""
        switch self {
        case .requestSuccessRate:
            let good = "sum(rate(envoy_cluster_upstream_rq{\(cluster),envoy_response_code!~\"5.*\"}[\(interval)]))"
            let all = "sum(rate(envoy_cluster_upstream_rq{\(cluster)}[\(interval)]))"
            return "100 * \(good) / \(all)"
        case .requestDuration:
            let buckets = "rate(envoy_cluster_upstream_rq_time_bucket{\(cluster)}[\(interval)])"
            return "histogram_quantile(0.99, sum(\(buckets)) by (le))"
        }
    }

    /// `reading` in this metric's unit: a duration loses its fraction of a millisecond, as Flagger cuts it.
    package func normalized(_ reading: MetricReading) -> MetricReading {
        guard self == .requestDuration, case .value(let value) = reading, value.isFinite else { return reading }
        return .value(value.rounded(.towardZero))
    }
}
