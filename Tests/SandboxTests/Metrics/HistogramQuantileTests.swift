import Platform
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct HistogramQuantileTests {
    private func quantile(_ quantile: String, _ buckets: KeyValuePairs<String, Double>) throws -> Double? {
        let series = buckets.map { (LabelSet("b_bucket", ["le": $0.key, "job": "a"]), [$0.value]) }
        return try numbers("histogram_quantile(\(quantile), b_bucket)", store(series))["{job=\"a\"}"]
    }

    @Test func interpolatesWithinTheBucket() throws {
        #expect(try quantile("0.5", ["10": 0, "20": 100, "+Inf": 100]) == 15)
        #expect(try quantile("0.99", ["100": 98, "200": 100, "+Inf": 100]) == 150)
        #expect(try quantile("0.5", ["10": 100, "+Inf": 100]) == 5)
    }

    @Test func staysAtTheHighestBoundBeyondIt() throws {
        #expect(try quantile("0.99", ["10": 50, "20": 60, "+Inf": 100]) == 20)
    }

    @Test func isNaNWithoutObservationsOrWithoutTheLastBucket() throws {
        #expect(try quantile("0.99", ["10": 0, "+Inf": 0])?.isNaN == true)
        #expect(try quantile("0.99", ["10": 5, "20": 6])?.isNaN == true)
        #expect(try quantile("0.99", ["+Inf": 6])?.isNaN == true)
    }

    @Test func isInfiniteOutsideOfZeroToOne() throws {
        #expect(try quantile("-1", ["10": 5, "+Inf": 6]) == -.infinity)
        #expect(try quantile("2", ["10": 5, "+Inf": 6]) == .infinity)
    }

    @Test func takesTornCountsAsNotFalling() throws {
        #expect(try quantile("0.5", ["10": 4, "20": 2, "+Inf": 3]) == 5)
    }

    @Test func keepsHistogramsApartByTheirLabels() throws {
        let series = ["a", "b"].flatMap { job in
            [
                (LabelSet("b_bucket", ["le": "10", "job": job]), [job == "a" ? 10.0 : 0]),
                (LabelSet("b_bucket", ["le": "20", "job": job]), [10.0]),
                (LabelSet("b_bucket", ["le": "+Inf", "job": job]), [10.0]),
            ]
        }
        let found = try numbers("histogram_quantile(1, b_bucket)", store(series))
        #expect(found == ["{job=\"a\"}": 10, "{job=\"b\"}": 20])
        let both = try numbers("histogram_quantile(0.75, sum(b_bucket) by (le))", store(series))
        #expect(both == ["": 15])
    }
}
