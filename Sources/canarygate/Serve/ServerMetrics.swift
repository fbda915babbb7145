import Admission
import FlaggerAPI
import Logging
import Platform
import Rollout
import Schema

/// What the server counts and logs of its work.
struct ServerMetrics: Sendable {
    private static let reviews = MetricFamily(
        "canarygate_admission_reviews_total",
        .counter,
        help: "Answered AdmissionReviews.",
        labels: ["path", "operation", "allowed"]
    )
    private static let reviewTime = MetricFamily(
        "canarygate_admission_duration_seconds",
        .histogram,
        help: "Time from a decoded AdmissionReview to its encoded answer.",
        labels: ["path"],
        // From a tenth of what an admission takes to the API server's default timeout.
        bounds: [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.025, 0.1, 1, 10]
    )
    private static let findings = MetricFamily(
        "canarygate_admission_findings_total",
        .counter,
        help: "Findings by rule.",
        labels: ["rule", "severity"]
    )
    private static let weight = MetricFamily(
        "canarygate_canary_weight",
        .gauge,
        help: "The canary's share of the traffic in percent.",
        labels: ["namespace", "name"]
    )
    private static let failedChecks = MetricFamily(
        "canarygate_canary_failed_checks",
        .gauge,
        help: "Failed checks of the revision under analysis.",
        labels: ["namespace", "name"]
    )
    private static let transitions = MetricFamily(
        "canarygate_canary_transitions_total",
        .counter,
        help: "Canaries that entered a phase.",
        labels: ["namespace", "name", "phase"]
    )

    /// Where the counts are.
    let registry = MetricRegistry([reviews, reviewTime, findings, weight, failedChecks, transitions])
    private let logger = Logger(label: "canarygate.admission")

    /// Takes in one answered review.
    func record(_ observation: AdmissionObservation) {
        let isAllowed = observation.isAllowed
        registry.add(to: Self.reviews, observation.path, observation.operation.rawValue, String(isAllowed))
        registry.observe(observation.duration / .seconds(1), in: Self.reviewTime, observation.path)
        for finding in observation.findings {
            registry.add(to: Self.findings, finding.rule, finding.severity.rawValue)
        }
        if let fault = observation.fault {
            logger.error(
                "webhook at fault",
                metadata: ["http.path": "\(observation.path)", "error.message": "\(fault)"]
            )
        }
        logger.log(
            level: isAllowed ? .debug : .info,
            isAllowed ? "allowed" : "refused",
            metadata: [
                "admission.uid": "\(observation.uid)", "admission.path": "\(observation.path)",
                "admission.operation": "\(observation.operation.rawValue)",
                "admission.rules": "\(observation.rules.joined(separator: ","))",
                "admission.patch_operations": "\(observation.patchOperations)", "kube.kind": "\(observation.kind)",
                "kube.namespace": "\(observation.namespace ?? "")", "kube.name": "\(observation.name)",
                "kube.user": "\(observation.user)",
            ]
        )
    }

    /// Takes in one step of the loop; `canary` is as it was before it.
    func record(_ step: Step, of canary: Canary) {
        guard let status = step.record else { return }
        registry.set(Double(status.canaryWeight), of: Self.weight, canary.namespace, canary.name)
        registry.set(Double(status.failedChecks), of: Self.failedChecks, canary.namespace, canary.name)
        guard status.phase != canary.status.phase else { return }
        registry.add(to: Self.transitions, canary.namespace, canary.name, status.phase.rawValue)
    }
}
