import Admission
import JSON
import Kubernetes
import Testing
import canarygate

@Suite struct ServerMetricsTests {
    private func canary(_ name: String, weight: Int) -> JSONValue {
        [
            "metadata": ["namespace": "test", "name": .string(name)],
            "status": ["canaryWeight": .number(JSONNumber(weight)), "failedChecks": 2],
        ]
    }

    @Test func gaugesAreThoseOfTheCanariesThatAreThere() {
        let metrics = ServerMetrics()
        var view = ClusterView()
        view.replace(.canaries, with: [canary("a", weight: 15), canary("b", weight: 0)])
        let first = metrics.exposition(of: view)
        #expect(first.contains("canarygate_canary_weight{namespace=\"test\",name=\"a\"} 15\n"))
        #expect(first.contains("canarygate_canary_failed_checks{namespace=\"test\",name=\"b\"} 2\n"))
        view.remove(.canaries, ObjectKey(namespace: "test", name: "a"))
        let second = metrics.exposition(of: view)
        #expect(!second.contains("name=\"a\""))
        #expect(second.contains("canarygate_canary_weight{namespace=\"test\",name=\"b\"} 0\n"))
    }
}
