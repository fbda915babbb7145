/// The two metrics that need no query of their own, where no proxy counts: asked of the pods' own histogram.
///
/// The pods are told by their names. Kubernetes ends those with letters and digits of which none is a vowel, nor one that
/// looks like it, so that neither the primary's pods nor those of a workload with a longer name are taken for them.
/// Source: the series `http_request_duration_seconds` and its labels as Flagger's provider `kubernetes` asks for them.
package enum PodMetric: String, CaseIterable, Sendable {
    /// The share of the pods' answers that are no 5xx, in percent, 0...100.
    case requestSuccessRate = "request-success-rate"
    /// The 99th percentile of the pods' answer times, in milliseconds.
    case requestDuration = "request-duration"

    /// What pods belong to.
    package enum Workload: String, Hashable, Sendable {
        /// Its pods have the name of a ReplicaSet and a suffix.
        case deployment = "Deployment"
        /// Its pods have its own name and a suffix.
        case daemonSet = "DaemonSet"
    }

    private static let letters = "[b-df-hj-np-tv-xz2-9]"

    /// The PromQL expression for the pods of the workload `name` in `namespace`.
    ///
    /// `interval` is the window as Prometheus writes it, for example `1m`.
    package func expression(namespace: String, _ workload: Workload, name: String, interval: String) -> String {
        let hash = workload == .deployment ? "\(Self.letters)+-" : ""
        let pods =
            "kubernetes_namespace=\"\(namespace)\",kubernetes_pod_name=~\"\(name)-\(hash)\(Self.letters){5}\""
        let series = "http_request_duration_seconds"
        switch self {
        case .requestSuccessRate:
            let good = "sum(rate(\(series)_count{\(pods),status!~\"5.*\"}[\(interval)]))"
            let all = "sum(rate(\(series)_count{\(pods)}[\(interval)]))"
            return "100 * \(good) / \(all)"
        case .requestDuration:
            let buckets = "rate(\(series)_bucket{\(pods)}[\(interval)])"
            return "1000 * histogram_quantile(0.99, sum(\(buckets)) by (le))"
        }
    }
}
