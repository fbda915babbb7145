import JSON

/// Reads one number off the `data` member of a query's answer.
enum PrometheusResult {
    /// The last parsable value of an instant vector.
    ///
    /// NaN and no series at all are no data; infinities count. A range of values, a scalar and anything else that is no
    /// instant vector is refused, because it is unclear which number was meant.
    static func reading(of data: JSONValue) -> MetricReading {
        let type = data["resultType"]?.string ?? "vector"
        guard let series = data["result"]?.array else {
            return .failed("read query result: \(data["result"]?.typeName ?? "nothing"), expected an array of series")
        }
        if type == "matrix" || series.contains(where: { $0["values"] != nil }) {
            return .failed("read query result: several values for a series, expected one")
        }
        guard type == "vector" else { return .failed("read query result: type \(type), expected vector") }
        let values = series.compactMap { $0["value"]?[1]?.string }.compactMap(number)
        guard let value = values.last, !value.isNaN else { return .noData }
        return .value(value)
    }

    /// A sample value as Prometheus writes it: `0.5`, `1e+06`, `NaN`, `+Inf`.
    private static func number(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "+Inf", "Inf": .infinity
        case "-Inf": -.infinity
        default: Double(text)
        }
    }
}
