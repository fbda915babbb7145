package import Admission
import FlaggerAPI
import JSON
import Kubernetes
package import Logging
import Platform
import Rollout
import Schema

/// What the server counts and logs of its work.
package struct ServerMetrics: Sendable {
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
        help:
            "Findings, by kind of object, operation, rule, and what came of them: deny, warn, or audit (told nobody).",
        labels: ["kind", "operation", "rule", "outcome"]
    )
    private static let faults = MetricFamily(
        "canarygate_admission_faults_total",
        .counter,
        help: "Reviews that met an internal error and were answered all the same.",
        labels: ["path"]
    )
    private static let brokenGlasses = MetricFamily(
        "canarygate_break_glass_total",
        .counter,
        help: "Changes by hand of what the loop owns, let through for a reason, by the plural of the object's kind.",
        labels: ["resource"]
    )
    private static let transitions = MetricFamily(
        "canarygate_canary_transitions_total",
        .counter,
        help: "Canaries that entered a phase.",
        labels: ["phase"]
    )

    /// What reviews are counted by; a handful, as the paths are ours.
    private struct ReviewKey: Hashable {
        let path: String
        let operation: AdmissionRequest.Operation
        let isAllowed: Bool
    }

    /// Where reviews of one key are counted.
    private struct ReviewSeries {
        let count: MetricSeries
        let time: MetricSeries
    }

    private let known = Striped<[ReviewKey: ReviewSeries]> { [:] }
    let registry = MetricRegistry([
        reviews, reviewTime, findings, faults, conversionReviews, conversionObjects, conversionTime, conversionFaults,
        transitions, brokenGlasses, lateGates, lateGateDelay,
    ])
    let logger: Logger

    /// Nothing counted yet; reviews are logged by `logger`.
    package init(logger: Logger = Logger(label: "canarygate.admission")) { self.logger = logger }

    /// Takes in one answered review.
    package func record(_ observation: AdmissionObservation) {
        let isAllowed = observation.isAllowed
        let series = reviewSeries(of: observation)
        series.count.add()
        series.time.observe(Self.seconds(observation.duration))
        if !observation.findings.isEmpty || !observation.audited.isEmpty { recordFindings(of: observation) }
        if let use = observation.brokenGlass {
            registry.add(to: Self.brokenGlasses, FindingLabels.resource(use.resource))
            logger.warning(
                "glass broken",
                metadata: [
                    "admission.uid": "\(observation.uid)", "kube.user": "\(use.username)",
                    "kube.object": "\(use.title)",
                    "kube.namespace": "\(use.namespace)", "canary.name": "\(use.canary)",
                    "admission.reason": "\(use.reason)",
                ]
            )
        }
        if let fault = observation.fault {
            registry.add(to: Self.faults, observation.path)
            logger.error(
                "webhook at fault",
                metadata: [
                    "admission.uid": "\(observation.uid)", "http.path": "\(observation.path)",
                    "error.message": "\(fault)",
                ]
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

    /// `duration` as a number; the quotient of two durations takes many times as long.
    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    /// Counts the findings; those that are told to nobody stand in the log, one line each.
    private func recordFindings(of observation: AdmissionObservation) {
        let kind = FindingLabels.kind(observation.kind)
        let told = observation.findings.map { ($0.rule, $0.severity.rawValue) }
        let untold = observation.audited.map { ($0.rule, RuleMode.audit.rawValue) }
        for (rule, outcome) in told + untold {
            let rule = FindingLabels.rule(rule)
            registry.add(to: Self.findings, kind, observation.operation.rawValue, rule, outcome)
        }
        for finding in observation.audited {
            var metadata: Logger.Metadata = [
                "admission.uid": "\(observation.uid)", "admission.rule": "\(finding.rule)",
                "admission.field": "\(finding.path)", "kube.kind": "\(kind)",
                "kube.namespace": "\(observation.namespace ?? "")", "kube.name": "\(observation.name)",
                "kube.user": "\(observation.user)",
            ]
            if let condition = finding.condition { metadata["admission.condition"] = "\(condition)" }
            logger.notice("found by a rule in audit", metadata: metadata)
        }
    }

    private func reviewSeries(of observation: AdmissionObservation) -> ReviewSeries {
        let key = ReviewKey(
            path: observation.path,
            operation: observation.operation,
            isAllowed: observation.isAllowed
        )
        if let known = known.withLock({ $0[key] }) { return known }
        let series = ReviewSeries(
            count: registry.series(of: Self.reviews, key.path, key.operation.rawValue, String(key.isAllowed)),
            time: registry.series(of: Self.reviewTime, key.path)
        )
        known.withLock { $0[key] = series }
        return series
    }

    /// Takes in one step of the loop; `canary` is as it was before it.
    func record(_ step: Step, of canary: Canary) {
        recordLateGate(step)
        guard let status = step.record, status.phase != canary.status.phase else { return }
        registry.add(to: Self.transitions, status.phase.rawValue)
    }

    /// All of it in Prometheus' text format, with the gauges of the Canaries that are in `view`.
    package func exposition(of view: ClusterView) -> String {
        registry.exposition + CanaryGauges.exposition(of: view)
    }
}
