import Admission
import JSON
import Kubernetes
import Testing
import canarygate

@Suite struct ServerMetricsTests {
    private func canary(_ name: String, weight: Int) -> JSONValue {
        [
            "metadata": ["namespace": "test", "name": .string(name)],
            "status": ["phase": "Progressing", "canaryWeight": .number(JSONNumber(weight)), "failedChecks": 2],
        ]
    }

    @Test func gaugesAreThoseOfTheCanariesThatAreThere() {
        let metrics = ServerMetrics()
        var view = ClusterView()
        view.replace(.canaries, with: [canary("a", weight: 15), canary("b", weight: 0)])
        let first = metrics.exposition(of: view)
        #expect(first.contains("canarygate_canary_weight{namespace=\"test\",name=\"a\"} 15\n"))
        #expect(first.contains("canarygate_canary_failed_checks{namespace=\"test\",name=\"b\"} 2\n"))
        #expect(first.contains("canarygate_canary_phase{namespace=\"test\",name=\"a\",phase=\"Progressing\"} 1\n"))
        view.remove(.canaries, ObjectKey(namespace: "test", name: "a"))
        let second = metrics.exposition(of: view)
        #expect(!second.contains("name=\"a\""))
        #expect(second.contains("canarygate_canary_weight{namespace=\"test\",name=\"b\"} 0\n"))
    }

    @Test func countsConversionsByVersionsThatThereAre() {
        let metrics = ServerMetrics()
        let observations: [(String?, ConversionObservation.Outcome)] = [
            ("flagger.app/v1beta1", .converted), (nil, .refused), (nil, .refused), ("flagger.app/v1beta1", .fault),
        ]
        for (version, outcome) in observations {
            metrics.record(
                ConversionObservation(
                    path: "/convert/canaries",
                    apiVersion: version,
                    uid: "u",
                    objects: 2,
                    outcome: outcome,
                    problem: outcome == .converted ? nil : "a",
                    duration: .milliseconds(1)
                )
            )
        }
        let text = metrics.exposition(of: ClusterView())
        let labels = "path=\"/convert/canaries\",version="
        for line in [
            "reviews_total{\(labels)\"flagger.app/v1beta1\",outcome=\"converted\"} 1",
            "reviews_total{\(labels)\"flagger.app/v1beta1\",outcome=\"fault\"} 1",
            "reviews_total{\(labels)\"other\",outcome=\"refused\"} 2",
            "objects_total{\(labels)\"other\"} 4",
            "duration_seconds_count{path=\"/convert/canaries\"} 4",
            "faults_total{path=\"/convert/canaries\"} 1",
        ] {
            #expect(text.contains("canarygate_conversion_\(line)\n"), "\(line)")
        }
    }
}
