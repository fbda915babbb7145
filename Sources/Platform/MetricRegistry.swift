/// A named group of measurements, declared once as a constant.
///
/// Source: the Prometheus text exposition format and its naming practice (base units, `_total` for counters).
package struct MetricFamily: Hashable, Sendable {
    /// How its values behave.
    package enum Kind: String, Sendable {
        /// Only ever grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts observations by upper bound.
        case histogram
    }

    /// The metric's name.
    package let name: String
    /// One sentence for who reads the exposition.
    package let help: String
    /// How its values behave.
    package let kind: Kind
    /// The label names, in the order in which values are given.
    package let labels: [String]
    /// The upper bounds of a histogram's buckets, ascending, without infinity.
    package let bounds: [Double]

    /// A family; `bounds` are a histogram's and empty for the others.
    package init(_ name: String, _ kind: Kind, help: String, labels: [String] = [], bounds: [Double] = []) {
        precondition((kind == .histogram) == !bounds.isEmpty, "a histogram has bounds, and only a histogram")
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.bounds = bounds
    }
}

/// The process's measurements, rendered for Prometheus.
package final class MetricRegistry: Sendable {
    private struct State {
        var order: [MetricFamily] = []
        /// By the family's name and the values of its labels.
        var series: [String: [[String]: MetricSeries]] = [:]
    }

    private let state = Locked(State())

    /// A registry that shows `families` even before they have a value.
    package init(_ families: [MetricFamily] = []) {
        state.withLock { state in
            for family in families {
                state.order.append(family)
                state.series[family.name] = [:]
            }
        }
    }

    /// The series of `family` with these values of its labels, for one who writes to it often.
    package func series(of family: MetricFamily, _ labels: String...) -> MetricSeries { find(family, labels) }

    /// Adds `amount` to a counter or a gauge.
    package func add(_ amount: Double = 1, to family: MetricFamily, _ labels: String...) {
        find(family, labels).add(amount)
    }

    /// Sets a gauge.
    package func set(_ value: Double, of family: MetricFamily, _ labels: String...) { find(family, labels).set(value) }

    /// Counts one observation of a histogram.
    package func observe(_ value: Double, in family: MetricFamily, _ labels: String...) {
        find(family, labels).observe(value)
    }

    private func find(_ family: MetricFamily, _ labels: [String]) -> MetricSeries {
        precondition(labels.count == family.labels.count, "\(family.name) has \(family.labels.count) labels")
        return state.withLock { state in
            if let known = state.series[family.name]?[labels] { return known }
            if state.series[family.name] == nil { state.order.append(family) }
            let new = MetricSeries(bounds: family.bounds)
            state.series[family.name, default: [:]][labels] = new
            return new
        }
    }

    /// All families in the text exposition format, version 0.0.4.
    package var exposition: String {
        let (order, series) = state.withLock { ($0.order, $0.series) }
        return order.map { Self.lines(of: $0, series[$0.name] ?? [:]).joined() }.joined()
    }

    private static func lines(of family: MetricFamily, _ series: [[String]: MetricSeries]) -> [String] {
        var lines = ["# HELP \(family.name) \(family.help)\n", "# TYPE \(family.name) \(family.kind.rawValue)\n"]
        let sorted = series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (values, series) in sorted {
            let one = series.values
            let labels = zip(family.labels, values).map { "\($0)=\"\(escaped($1))\"" }
            guard family.kind == .histogram else {
                lines.append("\(family.name)\(braced(labels)) \(number(one.value))\n")
                continue
            }
            var below = 0
            for (bound, count) in zip(family.bounds, one.buckets) {
                below += count
                lines.append("\(family.name)_bucket\(braced(labels + ["le=\"\(number(bound))\""])) \(below)\n")
            }
            lines.append("\(family.name)_bucket\(braced(labels + ["le=\"+Inf\""])) \(one.count)\n")
            lines.append("\(family.name)_sum\(braced(labels)) \(number(one.value))\n")
            lines.append("\(family.name)_count\(braced(labels)) \(one.count)\n")
        }
        return lines
    }

    private static func braced(_ labels: [String]) -> String {
        labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
