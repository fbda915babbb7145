import Platform
import TLS

/// What is shown of the serving certificate.
enum CertificateMetrics {
    private static let end = MetricFamily(
        "canarygate_certificate_expiry_timestamp_seconds",
        .gauge,
        help: "When the serving certificate expires, in seconds since 1970."
    )
    private static let daysLeft = MetricFamily(
        "canarygate_certificate_days_left",
        .gauge,
        help: "Days until the serving certificate expires, negative afterwards."
    )
    private static let renewals = MetricFamily(
        "canarygate_certificate_renewals_total",
        .counter,
        help: "Renewed certificates that were taken up."
    )
    private static let refusals = MetricFamily(
        "canarygate_certificate_refused_renewals_total",
        .counter,
        help: "Changed certificate files that could not be used."
    )

    /// All of it in Prometheus' text format.
    static func exposition(of info: CertificateInfo, at now: Timestamp, renewals: Int, refusals: Int) -> String {
        let registry = MetricRegistry()
        registry.set(Double(info.notAfter.seconds), of: end)
        registry.set(daysLeft(of: info, at: now), of: daysLeft)
        registry.add(Double(renewals), to: Self.renewals)
        registry.add(Double(refusals), to: Self.refusals)
        return registry.exposition
    }

    /// The days that are left, to a hundredth.
    private static func daysLeft(of info: CertificateInfo, at now: Timestamp) -> Double {
        (Double(info.notAfter.seconds - now.seconds) / 864).rounded(.down) / 100
    }
}
