/// A token of a PromQL expression.
enum PromQLToken: Hashable, Sendable {
    /// A metric, label or function name, or a keyword.
    case name(String)
    /// A number.
    case number(Double)
    /// A string, unescaped.
    case string(String)
    /// A length of time, such as `1m30s`: what stands between `[` and `]`, or a number with a unit.
    case duration(String)
    /// `+`, `(`, `!~` and the like.
    case symbol(String)
    /// Nothing more.
    case end

    /// How a message names it.
    var description: String {
        switch self {
        case .name(let text), .symbol(let text): "\"\(text)\""
        case .number(let value): "number \(value)"
        case .string(let text): "string \"\(text)\""
        case .duration(let text): "duration \"\(text)\""
        case .end: "end of input"
        }
    }
}
