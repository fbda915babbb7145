import FlaggerAPI
import Platform

/// How a measurement compares with its bounds, in numbers and in Flagger's words.
struct MetricJudgement {
    /// The measured value in words: `95.00%`, `250ms`.
    let answered: String
    /// The bounds in words: `>= 99%`.
    let bound: String
    /// How it came out.
    let outcome: CheckRecord.Outcome
    /// The event's words after "Halt ‹canary› advancement "; nil when it passed.
    let complaint: String?

    init(_ metric: CanaryMetric, _ answer: Answer, targetLabel: String) {
        bound = Self.bounds(metric)
        switch answer {
        case .value(let value):
            let measured = metric.source == .duration ? value.rounded(.towardZero) : value
            answered = Self.text(measured, metric)
            let low = metric.minimum.map { Self.limit($0, metric) }
            let high = metric.maximum.map { Self.limit($0, metric) }
            if let low, measured < low {
                complaint = "\(Self.subject(metric)) \(answered) < \(Self.limitText(low, metric))"
            } else if let high, measured > high {
                complaint = "\(Self.subject(metric)) \(answered) > \(Self.limitText(high, metric))"
            } else {
                complaint = nil
            }
            outcome = complaint == nil ? .passed : .failed
        case .noData:
            answered = "no values found"
            outcome = .cannotEvaluate
            complaint = Self.missing(metric, targetLabel)
        case .unavailable(let reason), .refused(let reason):
            answered = reason
            outcome = .cannotEvaluate
            complaint = "metric query failed for \(metric.name): \(reason)"
        case .passed:
            answered = "no number"
            outcome = .cannotEvaluate
            complaint = "metric query failed for \(metric.name): no number was measured"
        }
    }

    /// Milliseconds are whole, as in Flagger.
    private static func limit(_ value: Double, _ metric: CanaryMetric) -> Double {
        metric.source == .duration ? value.rounded(.towardZero) : value
    }

    private static func subject(_ metric: CanaryMetric) -> String {
        switch metric.source {
        case .successRate: "success rate"
        case .duration: "request duration"
        case .query, .template, .none: metric.name
        }
    }

    private static func missing(_ metric: CanaryMetric, _ targetLabel: String) -> String {
        switch metric.source {
        case .successRate, .duration:
            "no values found for contour metric \(metric.name) probably \(targetLabel) is not receiving traffic"
        case .query: "no values found for metric: \(metric.name)"
        case .template, .none: "no values found for custom metric: \(metric.name)"
        }
    }

    private static func bounds(_ metric: CanaryMetric) -> String {
        var parts: [String] = []
        if let low = metric.minimum { parts.append(">= \(limitText(limit(low, metric), metric))") }
        if let high = metric.maximum { parts.append("<= \(limitText(limit(high, metric), metric))") }
        return parts.joined(separator: " and ")
    }

    private static func limitText(_ value: Double, _ metric: CanaryMetric) -> String {
        switch metric.source {
        case .duration: text(value, metric)
        case .successRate: "\(short(value))%"
        case .query, .template, .none: short(value)
        }
    }

    private static func text(_ value: Double, _ metric: CanaryMetric) -> String {
        switch metric.source {
        case .successRate: "\(hundredths(value))%"
        case .duration where abs(value) < 9e12: GoDuration(.milliseconds(Int64(value))).text
        case .duration, .query, .template, .none: hundredths(value)
        }
    }

    /// `95.00`: two digits after the point; what is too large for that, as it is.
    static func hundredths(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 9e15 else { return "\(value)" }
        let scaled = Int64((value * 100).rounded())
        let rest = abs(scaled % 100)
        return "\(scaled < 0 ? "-" : "")\(abs(scaled / 100)).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `99`, `99.5`: as a person would write it.
    private static func short(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 9e15, value == value.rounded() else { return "\(value)" }
        return "\(Int64(value))"
    }
}
