/// The measurements of one family with one set of labels.
package final class MetricSeries: Sendable {
    /// What has been measured.
    struct Values {
        /// The sum.
        var value = 0.0
        /// Observations by the first bound that they do not exceed.
        var buckets: [Int]
        /// Observations.
        var count = 0
    }

    private let bounds: [Double]
    /// Each thread measures on its own; who reads adds it up.
    private let parts: Striped<Values>

    init(bounds: [Double]) {
        self.bounds = bounds
        parts = Striped { Values(buckets: [Int](repeating: 0, count: bounds.count)) }
    }

    /// What has been measured.
    var values: Values {
        var sum = Values(buckets: [Int](repeating: 0, count: bounds.count))
        parts.visit { part in
            sum.value += part.value
            sum.count += part.count
            for index in sum.buckets.indices { sum.buckets[index] += part.buckets[index] }
        }
        return sum
    }

    /// Adds `amount` to a counter or a gauge.
    package func add(_ amount: Double = 1) { parts.withLock { $0.value += amount } }

    /// Sets a gauge.
    package func set(_ value: Double) {
        parts.visit { $0.value = 0 }
        add(value)
    }

    /// Counts one observation of a histogram.
    package func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        parts.withLock { part in
            part.value += value
            part.count += 1
            if let bucket { part.buckets[bucket] += 1 }
        }
    }
}
