/// Quantiles of histograms that are given as cumulative buckets.
///
/// Source: Prometheus' `bucketQuantile`: linear within the bucket in which the quantile lies.
enum HistogramQuantile {
    private struct Bucket {
        let bound: Double
        var count: Double
    }

    /// The quantile of every histogram among `series`, which are told apart by their labels but `le`.
    static func values(_ quantile: Double, of series: PromQLEvaluator.Vector) -> PromQLEvaluator.Vector {
        var histograms: [LabelSet: [Bucket]] = [:]
        for one in series {
            guard let bound = bound(one.labels["le"]) else { continue }
            let bucket = Bucket(bound: bound, count: one.content)
            histograms[one.labels.dropping([LabelSet.nameLabel, "le"]), default: []].append(bucket)
        }
        return histograms.map { labels, buckets in .init(labels, value(quantile, buckets)) }
    }

    private static func bound(_ text: String) -> Double? {
        text == "+Inf" ? .infinity : text.isEmpty ? nil : Double(text)
    }

    private static func value(_ quantile: Double, _ unsorted: [Bucket]) -> Double {
        if quantile.isNaN { return .nan }
        if quantile < 0 { return -.infinity }
        if quantile > 1 { return .infinity }
        var buckets = unsorted.sorted { $0.bound < $1.bound }
        guard buckets.count > 1, buckets[buckets.count - 1].bound == .infinity else { return .nan }
        for index in buckets.indices.dropFirst() {
            // Counts of a moment may be torn; they must not fall.
            buckets[index].count = max(buckets[index].count, buckets[index - 1].count)
        }
        let total = buckets[buckets.count - 1].count
        guard total > 0 else { return .nan }
        let rank = quantile * total
        let last = buckets.count - 1
        let index = buckets.indices.dropLast().first { buckets[$0].count >= rank } ?? last
        if index == last { return buckets[last - 1].bound }
        if index == 0, buckets[0].bound <= 0 { return buckets[0].bound }
        let lower = index == 0 ? Bucket(bound: 0, count: 0) : buckets[index - 1]
        let share = (rank - lower.count) / (buckets[index].count - lower.count)
        return lower.bound + (buckets[index].bound - lower.bound) * share
    }
}
