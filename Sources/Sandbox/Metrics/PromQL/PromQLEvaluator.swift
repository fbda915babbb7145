package import Platform

/// Evaluates PromQL expressions at a moment: number literals, `+ - * /`, selectors, `rate`, `increase`,
/// `sum avg min max count` with `by` and `without`, and `histogram_quantile`.
///
/// Values are Prometheus' own: `rate` extrapolates to the window's ends as its `extrapolatedRate` does, a range is open
/// at its start as since Prometheus 3, and a selector finds samples of the last five minutes.
package struct PromQLEvaluator: Sendable {
    /// How far back a selector looks for a sample, in milliseconds: Prometheus' default.
    private static let lookback: Int64 = 300_000

    private let store: SampleStore
    private let now: Int64

    /// An evaluator of the samples in `store` at the moment `time`.
    package init(_ store: SampleStore, at time: Timestamp) {
        self.store = store
        now = time.milliseconds
    }

    /// The value of `expression`.
    ///
    /// - Throws: `PromQLError` when it is wrong or uses what is not supported.
    package func value(of expression: String) throws(PromQLError) -> PromQLValue {
        let parsed = try PromQLParser.parse(expression)
        switch parsed.kind {
        case .scalar: return .scalar(try scalar(parsed))
        case .vector: return .vector(try vector(parsed).sorted { $0.labels < $1.labels })
        case .range: return .matrix(range(parsed).samples.sorted { $0.labels < $1.labels })
        }
    }

    /// Numbers by series.
    typealias Vector = [PromQLValue.Series<Double>]

    private func scalar(_ expression: PromQLExpression) throws(PromQLError) -> Double {
        switch expression {
        case .number(let value): return value
        case .negated(let inner): return -(try scalar(inner))
        case .binary(let operation, let left, let right):
            return operation.applied(try scalar(left), try scalar(right))
        default: throw PromQLError(at: nil, "expected a scalar, found \(expression.kind.rawValue)")
        }
    }

    private func vector(_ expression: PromQLExpression) throws(PromQLError) -> Vector {
        switch expression {
        case .vector(let matchers): return latest(matchers)
        case .negated(let inner): return try vector(inner).map { .init($0.labels.withoutName, -$0.content) }
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        case .growth(let growth, let inner):
            let (series, window) = range(inner)
            let end = now
            return series.compactMap { one in
                RangeGrowth(samples: one.content, start: end - window, end: end).value(growth)
                    .map { .init(one.labels.withoutName, $0) }
            }
        case .aggregate(let aggregation, let grouping, let inner):
            return Self.aggregate(try vector(inner), aggregation, grouping)
        case .quantile(let quantile, let inner):
            return HistogramQuantile.values(try scalar(quantile), of: try vector(inner))
        case .number, .range: throw PromQLError(at: nil, "expected an instant vector")
        }
    }

    // MARK: Selecting

    private func latest(_ matchers: [PromQLMatcher]) -> Vector {
        store.series.compactMap { labels, samples in
            guard matchers.allSatisfy({ $0.accepts(labels[$0.label]) }),
                let sample = samples.last(where: { $0.time <= now }), sample.time > now - Self.lookback
            else { return nil }
            return .init(labels, sample.value)
        }
    }

    private func range(
        _ expression: PromQLExpression
    ) -> (samples: [PromQLValue.Series<[Sample]>], window: Int64) {
        guard case .range(let matchers, let window) = expression else { return ([], 0) }
        let series: [PromQLValue.Series<[Sample]>] = store.series.compactMap { labels, samples in
            guard matchers.allSatisfy({ $0.accepts(labels[$0.label]) }) else { return nil }
            let inside = samples.filter { $0.time > now - window && $0.time <= now }
            return inside.isEmpty ? nil : .init(labels, inside)
        }
        return (series, window)
    }

    // MARK: Putting together

    private func binary(
        _ operation: PromQLExpression.Operator,
        _ left: PromQLExpression,
        _ right: PromQLExpression
    ) throws(PromQLError) -> Vector {
        if left.kind == .scalar {
            let number = try scalar(left)
            return try vector(right).map { .init($0.labels.withoutName, operation.applied(number, $0.content)) }
        }
        if right.kind == .scalar {
            let number = try scalar(right)
            return try vector(left).map { .init($0.labels.withoutName, operation.applied($0.content, number)) }
        }
        let rightByLabels = try byLabels(vector(right), "right")
        return try byLabels(vector(left), "left").compactMap { labels, value in
            rightByLabels[labels].map { .init(labels, operation.applied(value, $0)) }
        }
    }

    private func byLabels(_ vector: Vector, _ side: String) throws(PromQLError) -> [LabelSet: Double] {
        var result: [LabelSet: Double] = [:]
        for series in vector {
            let labels = series.labels.withoutName
            guard result.updateValue(series.content, forKey: labels) == nil else {
                let problem = "found duplicate series for the match group {\(labels.description)} on the \(side) side"
                throw PromQLError(at: nil, "\(problem) of the operation: many-to-many matching is not supported here")
            }
        }
        return result
    }

    private static func aggregate(
        _ vector: Vector,
        _ aggregation: PromQLExpression.Aggregation,
        _ grouping: PromQLExpression.Grouping
    ) -> Vector {
        let groups = Dictionary(grouping: vector) { series in
            switch grouping {
            case .by(let names): series.labels.keeping(names)
            case .without(let names): series.labels.dropping(names.union([LabelSet.nameLabel]))
            }
        }
        return groups.map { labels, members in
            let values = members.map(\.content)
            let sum = values.reduce(0, +)
            let result: Double =
                switch aggregation {
                case .sum: sum
                case .avg: sum / Double(values.count)
                case .min: values.reduce(.nan) { $0.isNaN || $1 < $0 ? $1 : $0 }
                case .max: values.reduce(.nan) { $0.isNaN || $1 > $0 ? $1 : $0 }
                case .count: Double(values.count)
                }
            return .init(labels, result)
        }
    }
}
