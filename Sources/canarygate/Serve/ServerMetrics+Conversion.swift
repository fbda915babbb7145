package import Admission
import Logging
import Platform

/// What the server counts and logs of conversions.
extension ServerMetrics {
    static let conversionReviews = MetricFamily(
        "canarygate_conversion_reviews_total",
        .counter,
        help: "Answered ConversionReviews, by the version that was wanted and how they ended.",
        labels: ["path", "version", "outcome"]
    )
    static let conversionObjects = MetricFamily(
        "canarygate_conversion_objects_total",
        .counter,
        help: "Objects in answered ConversionReviews.",
        labels: ["path", "version"]
    )
    static let conversionTime = MetricFamily(
        "canarygate_conversion_duration_seconds",
        .histogram,
        help: "Time from a decoded ConversionReview to its encoded answer.",
        labels: ["path"],
        // From one small object to a list of thousands.
        bounds: [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.025, 0.1, 1, 10]
    )
    static let conversionFaults = MetricFamily(
        "canarygate_conversion_faults_total",
        .counter,
        help: "ConversionReviews that met an internal error and were answered with a failure.",
        labels: ["path"]
    )

    /// Takes in one answered ConversionReview.
    package func record(_ observation: ConversionObservation) {
        // Whoever reaches the port may want any version: those that we have not are counted as one.
        let version = observation.apiVersion ?? "other"
        registry.add(to: Self.conversionReviews, observation.path, version, observation.outcome.rawValue)
        registry.add(Double(observation.objects), to: Self.conversionObjects, observation.path, version)
        registry.series(of: Self.conversionTime, observation.path).observe(observation.duration / .seconds(1))
        var metadata: Logger.Metadata = [
            "admission.uid": "\(observation.uid)", "http.path": "\(observation.path)", "kube.version": "\(version)",
            "kube.objects": "\(observation.objects)",
        ]
        if let problem = observation.problem { metadata["error.message"] = "\(problem)" }
        switch observation.outcome {
        case .converted: logger.debug("converted", metadata: metadata)
        case .refused: logger.warning("not converted", metadata: metadata)
        case .fault:
            registry.add(to: Self.conversionFaults, observation.path)
            logger.error("converter at fault", metadata: metadata)
        }
    }
}
