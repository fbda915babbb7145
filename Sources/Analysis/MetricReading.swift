/// What one question to a metrics provider brought back.
package enum MetricReading: Hashable, Sendable {
    /// A number; infinite where the query divides by zero.
    case value(Double)
    /// The provider answered, but had nothing to say: no series, or NaN, which is what no traffic gives.
    case noData
    /// The provider could not be asked or refused the query; one line for a person.
    case failed(String)
}
