package import Platform

/// The samples of the last minutes: the sandbox's stand-in for Prometheus' database.
package struct SampleStore: Sendable {
    /// How long samples are kept, in milliseconds: 10 minutes, ten times the window of the story's longest metric.
    static let retention: Int64 = 600_000
    /// How many series there may be; a cluster has 23 and a pod 20, so this is enough for 300 Services and all pods.
    static let seriesLimit = 12_288

    private(set) var series: [LabelSet: [Sample]] = [:]

    /// No samples.
    package init() {}

    /// Adds the values read at one moment, which is not before the last one, and forgets what is too old.
    package mutating func append(_ values: [(LabelSet, Double)], at time: Timestamp) {
        let now = time.milliseconds
        for (labels, value) in values {
            guard series[labels] != nil || series.count < Self.seriesLimit else { continue }
            series[labels, default: []].append(Sample(time: now, value: value))
        }
        for labels in series.keys {
            guard let first = series[labels]?.first, first.time <= now - Self.retention else { continue }
            series[labels]?.removeAll { $0.time <= now - Self.retention }
            if series[labels]?.isEmpty ?? false { series[labels] = nil }
        }
    }
}

extension Timestamp {
    /// Milliseconds since 1970.
    var milliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds / 1_000_000) }
}
