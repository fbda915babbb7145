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
    private let state: Locked<Values>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Locked(Values(buckets: [Int](repeating: 0, count: bounds.count)))
    }

    /// What has been measured.
    var values: Values { state.withLock { $0 } }

    /// Adds `amount` to a counter or a gauge.
    package func add(_ amount: Double = 1) { state.withLock { $0.value += amount } }

    /// Sets a gauge.
    package func set(_ value: Double) { state.withLock { $0.value = value } }

    /// Counts one observation of a histogram.
    package func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { values in
            values.value += value
            values.count += 1
            if let bucket { values.buckets[bucket] += 1 }
        }
    }
}
