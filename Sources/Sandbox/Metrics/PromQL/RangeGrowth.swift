/// How much a counter grew within a window.
///
/// Source: Prometheus' `extrapolatedRate`: the growth between the first and the last sample, resets added, drawn out to
/// the ends of the window where they are no further away than the samples are from each other, and never to below zero.
struct RangeGrowth {
    let samples: [Sample]
    /// Milliseconds since 1970.
    let start: Int64
    let end: Int64

    /// The growth, or growth per second; nil with fewer than two samples.
    func value(_ growth: PromQLExpression.Growth) -> Double? {
        guard let first = samples.first, let last = samples.last, samples.count > 1, last.time > first.time else {
            return nil
        }
        var difference = last.value - first.value
        for (previous, next) in zip(samples, samples.dropFirst()) where next.value < previous.value {
            difference += previous.value
        }
        let covered = Double(last.time - first.time)
        let step = covered / Double(samples.count - 1)
        var before = Double(first.time - start)
        if before >= step * 1.1 { before = step / 2 }
        if difference > 0, first.value >= 0 { before = min(before, covered * first.value / difference) }
        var after = Double(end - last.time)
        if after >= step * 1.1 { after = step / 2 }
        let extrapolated = difference * (covered + before + after) / covered
        return growth == .rate ? extrapolated * 1_000 / Double(end - start) : extrapolated
    }
}
