/// A measurement that a Canary is held against.
///
/// Source: Flagger's `spec.analysis.metrics[]`.
package struct CanaryMetric: Hashable, Sendable {
    /// Where the measurement comes from.
    package enum Source: Hashable, Sendable {
        /// Percent of requests that were no 5xx.
        case successRate
        /// The 99th percentile of the response time in milliseconds.
        case duration
        /// A PromQL query written in the Canary.
        case query(String)
        /// A MetricTemplate.
        case template(namespace: String, name: String)
        /// Nothing that could be measured is named.
        case none
    }

    /// The metric's name.
    package let name: String
    /// Where the measurement comes from.
    package let source: Source
    /// The window over which it is taken, in Go's form.
    package let interval: String
    /// The least value that passes.
    package let minimum: Double?
    /// The greatest value that passes.
    package let maximum: Double?

    init(_ field: CanaryField, namespace: String) throws(CanaryParseError) {
        name = try field["name"].requiredText()
        interval = try field["interval"].duration() == nil ? "1m" : field["interval"].text() ?? "1m"
        let template = field["templateRef"]
        let query = try field["query"].text() ?? ""
        switch name {
        case _ where template.value != nil:
            let place = try template["namespace"].text() ?? namespace
            source = .template(namespace: place, name: try template["name"].requiredText())
        case _ where !query.isEmpty: source = .query(query)
        case "request-success-rate": source = .successRate
        case "request-duration": source = .duration
        default: source = .none
        }
        let range = field["thresholdRange"]
        if range.value != nil {
            minimum = try range["min"].double()
            maximum = try range["max"].double()
            return
        }
        let threshold = try field["threshold"].double()
        minimum = source == .successRate ? threshold : nil
        maximum = source == .successRate ? nil : threshold ?? 0
    }
}
