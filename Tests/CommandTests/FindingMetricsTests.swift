import Admission
import Schema
import Testing
import canarygate

/// What is counted of findings: a fixed set of labels, whatever is sent.
@Suite(.timeLimit(.minutes(1))) struct FindingMetricsTests {
    private func observation(
        kind: String = "Canary",
        rule: String,
        audited: [String] = [],
        condition: String? = nil
    ) -> AdmissionObservation {
        AdmissionObservation(
            path: "/validate/canaries",
            operation: .create,
            kind: kind,
            namespace: "test",
            name: "podinfo",
            user: "admin",
            uid: "u-1",
            isAllowed: false,
            findings: [(rule, .deny), ("canary/max-weight-zero", .warn)],
            audited: audited.map { ($0, "spec", condition) },
            patchOperations: 0,
            duration: .milliseconds(1),
            fault: nil
        )
    }

    private func lines(_ observations: AdmissionObservation...) -> [String] {
        let metrics = ServerMetrics()
        for observation in observations { metrics.record(observation) }
        return metrics.exposition(of: ClusterView()).split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("canarygate_admission_findings_total") }
    }

    @Test func countsByKindOperationRuleAndOutcome() {
        let one = observation(rule: "canary/no-service", audited: ["canary/no-checks"])
        let start = "canarygate_admission_findings_total{kind=\"Canary\",operation=\"CREATE\","
        #expect(
            lines(one, one) == [
                "\(start)rule=\"canary/max-weight-zero\",outcome=\"warn\"} 2",
                "\(start)rule=\"canary/no-checks\",outcome=\"audit\"} 2",
                "\(start)rule=\"canary/no-service\",outcome=\"deny\"} 2",
            ]
        )
    }

    @Test func logsWhatItTellsNobody() {
        let recorder = LogRecorder()
        let metrics = ServerMetrics(logger: recorder.logger)
        metrics.record(observation(rule: "canary/no-service", audited: ["canary/no-checks"]))
        #expect(
            recorder.take().filter { $0.contains("audit") } == [
                """
                notice found by a rule in audit admission.field=spec admission.rule=canary/no-checks \
                admission.uid=u-1 kube.kind=Canary kube.name=podinfo kube.namespace=test kube.user=admin
                """
            ]
        )
    }

    @Test func logsWhatContourWouldReport() {
        let recorder = LogRecorder()
        let metrics = ServerMetrics(logger: recorder.logger)
        let condition = "Contour: VirtualHostError/DuplicateVhost"
        metrics.record(
            observation(
                kind: "HTTPProxy",
                rule: "canary/no-service",
                audited: ["httpproxy/fqdn-taken"],
                condition: condition
            )
        )
        #expect(recorder.take().count { $0.contains("admission.condition=\(condition) ") } == 1)
    }

    @Test func takesNoKindAndNoRuleFromOutside() {
        let lines = lines(observation(kind: "Evil", rule: "canary/made-up"))
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("kind=\"other\"") })
        #expect(lines.contains { $0.contains("rule=\"other\"") })
    }
}
