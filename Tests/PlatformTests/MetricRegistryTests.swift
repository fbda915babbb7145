import Platform
import Testing

@Suite struct MetricRegistryTests {
    private let requests = MetricFamily("requests_total", .counter, help: "Requests.", labels: ["path", "allowed"])
    private let weight = MetricFamily("weight", .gauge, help: "Weight.")
    private let latency = MetricFamily("latency_seconds", .histogram, help: "Latency.", bounds: [0.1, 1])

    @Test func rendersFamiliesInTheOrderOfDeclarationAndSeriesByLabel() {
        let registry = MetricRegistry([requests, weight])
        registry.set(12.5, of: weight)
        registry.add(to: requests, "/b", "true")
        registry.add(2, to: requests, "/a", "say \"no\"")
        #expect(
            registry.exposition == """
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{path="/a",allowed="say \\"no\\""} 2
                requests_total{path="/b",allowed="true"} 1
                # HELP weight Weight.
                # TYPE weight gauge
                weight 12.5

                """
        )
    }

    @Test func countsObservationsInCumulativeBuckets() {
        let registry = MetricRegistry()
        for value in [0.05, 0.1, 0.5, 7] { registry.observe(value, in: latency) }
        #expect(
            registry.exposition == """
                # HELP latency_seconds Latency.
                # TYPE latency_seconds histogram
                latency_seconds_bucket{le="0.1"} 2
                latency_seconds_bucket{le="1"} 3
                latency_seconds_bucket{le="+Inf"} 4
                latency_seconds_sum 7.65
                latency_seconds_count 4

                """
        )
    }
}
