import Platform
import Sandbox

/// The moment at which the tests ask.
let moment = Timestamp(seconds: 1_795_579_200)

/// A series of samples five seconds apart, of which the last is taken at `moment`.
func store(_ series: [(LabelSet, [Double])], endingBefore gap: Duration = .zero) -> SampleStore {
    var store = SampleStore()
    let longest = series.map(\.1.count).max() ?? 0
    for step in 0..<longest {
        let time = moment + gap * -1 + .seconds(-5 * (longest - 1 - step))
        let values = series.compactMap { labels, values -> (LabelSet, Double)? in
            let index = step - (longest - values.count)
            return index >= 0 ? (labels, values[index]) : nil
        }
        store.append(values, at: time)
    }
    return store
}

/// A counter that has grown by `step` at each of `count` scrapes after its first.
func counter(_ step: Double, count: Int, from start: Double = 1_000) -> [Double] {
    (0...count).map { start + Double($0) * step }
}

/// The numbers that an expression gives, by labels as Prometheus writes them.
func numbers(_ expression: String, _ store: SampleStore) throws -> [String: Double] {
    switch try PromQLEvaluator(store, at: moment).value(of: expression) {
    case .scalar(let value): return ["scalar": value]
    case .vector(let series):
        return Dictionary(series.map { ($0.labels.description, $0.content) }) { first, _ in first }
    case .matrix(let series):
        return Dictionary(series.map { ($0.labels.description, Double($0.content.count)) }) { first, _ in first }
    }
}
