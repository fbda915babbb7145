/// A parsed PromQL expression.
indirect enum PromQLExpression {
    /// A number.
    case number(Double)
    /// The latest samples of the series that match.
    case vector([PromQLMatcher])
    /// The samples of the last `window` milliseconds of the series that match.
    case range([PromQLMatcher], window: Int64)
    /// The sign turned.
    case negated(PromQLExpression)
    /// Two sides and what is between them.
    case binary(Operator, PromQLExpression, PromQLExpression)
    /// A growth of each series over a range.
    case growth(Growth, PromQLExpression)
    /// Series put together.
    case aggregate(Aggregation, Grouping, PromQLExpression)
    /// A quantile of the histograms.
    case quantile(PromQLExpression, PromQLExpression)

    /// The operators.
    enum Operator: String {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"

        /// Multiplication and division bind tighter.
        var isTight: Bool { self == .multiply || self == .divide }

        func applied(_ left: Double, _ right: Double) -> Double {
            switch self {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            case .divide: left / right
            }
        }
    }

    /// The functions of a range.
    enum Growth: String {
        case rate
        case increase
    }

    /// The aggregations.
    enum Aggregation: String {
        case sum
        case avg
        case min
        case max
        case count
    }

    /// Which labels keep series apart.
    enum Grouping: Equatable {
        case by(Set<String>)
        case without(Set<String>)
    }

    /// What kind of value an expression has.
    enum Kind: String {
        case scalar
        case vector = "instant vector"
        case range = "range vector"
    }

    /// The kind of value.
    var kind: Kind {
        switch self {
        case .number: .scalar
        case .vector, .growth, .aggregate, .quantile: .vector
        case .range: .range
        case .negated(let inner): inner.kind
        case .binary(_, let left, let right): left.kind == .scalar && right.kind == .scalar ? .scalar : .vector
        }
    }
}
