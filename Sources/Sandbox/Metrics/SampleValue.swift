import JSON

/// A number as Prometheus writes it.
enum SampleValue {
    /// `0.5`, `120`, `NaN`, `+Inf`.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return JSONNumber(value).text
    }
}
