import JSON
import Schema

/// What is measured.
extension CanaryFacts {
    mutating func checkMetrics() {
        for (value, path) in metrics where value.object != nil { checkMetric(value, path) }
        guard analysis.object != nil, metrics.isEmpty, analysis["metrics"]?.object == nil else { return }
        let isAsked = webhooks.contains { $0.value["type"]?.string != "event" }
        guard !isAsked else { return }
        warn(
            "no-checks",
            Self.analysisPath,
            nil,
            "no metrics and no webhooks, so every revision passes",
            "write a metric"
        )
    }

    private mutating func checkMetric(_ metric: JSONValue, _ path: FieldPath) {
        let name = metric["name"]?.string ?? ""
        let isBuiltin = Self.builtin.contains(name)
        let ownKey = ["templateRef", "query"].first { Self.isSet($0, in: metric) }
        if isBuiltin, let ownKey {
            deny(
                "builtin-and-own",
                path.member(ownKey),
                metric[ownKey],
                "beside the builtin metric \(name) both would be held against one bound",
                "give the metric another name"
            )
        } else if !isBuiltin, ownKey == nil, !name.isEmpty, let value = metric["name"] {
            let nearest = NearestName.find(name, among: Self.builtin)
            deny(
                "unknown-metric",
                path.member("name"),
                value,
                "no builtin metric, and nothing says how to measure it",
                nearest.map { "did you mean \"\($0)\"?" }
                    ?? "write request-success-rate or request-duration\(isDriven ? "" : ", or add a templateRef")"
            )
        }
        if metric["templateRef"]?.object != nil, !Self.isSet("interval", in: metric) {
            deny(
                "template-without-interval",
                path.member("interval"),
                nil,
                "a template needs the window for its query",
                "write a duration such as 1m"
            )
        }
        checkWindow(metric, path)
        checkBounds(metric, path)
        if name == "request-success-rate" { checkRate(metric, path) }
        if name == "request-duration" { checkDuration(metric, path) }
    }

    /// A rate needs two scrapes within its window, and most servers scrape every 15 s or more rarely.
    private mutating func checkWindow(_ metric: JSONValue, _ path: FieldPath) {
        guard let value = metric["interval"], let window = value.string.flatMap(Self.duration), window > .zero,
            window < .seconds(30)
        else { return }
        warn("window-too-short", path.member("interval"), value, "often without a value", "write 30s or more")
    }

    private mutating func checkBounds(_ metric: JSONValue, _ path: FieldPath) {
        guard let range = metric["thresholdRange"], !range.isNull else {
            guard metric["threshold"] == nil, !hasMisspeltBound(metric) else { return }
            return deny(
                "no-bound",
                path.member("thresholdRange"),
                nil,
                "nothing says which values are good",
                "write thresholdRange: {min: 99} or {max: 500}"
            )
        }
        let rangePath = path.member("thresholdRange")
        guard let members = range.object else { return }
        guard members["min"] != nil || members["max"] != nil else {
            if !members.isEmpty { return }
            return deny("empty-bound", rangePath, range, "without a bound it always passes", "write min, max or both")
        }
        guard let least = members["min"]?.double, let most = members["max"]?.double, least > most,
            let value = members["min"]
        else { return }
        deny(
            "bounds-crossed",
            rangePath.member("min"),
            value,
            "more than max (\(Finding.shown(members["max"] ?? .null))), so no value passes",
            "write a min of at most max"
        )
    }

    /// Whether a field that is unknown was probably meant for the bound; it has its own finding.
    private func hasMisspeltBound(_ metric: JSONValue) -> Bool {
        let known = CanarySchema.metricNames
        return (metric.object?.keys ?? []).contains {
            !known.contains($0) && NearestName.find($0, among: ["threshold", "thresholdRange"]) != nil
        }
    }

    /// A success rate is a percentage.
    private mutating func checkRate(_ metric: JSONValue, _ path: FieldPath) {
        guard let (value, place) = bound("min", of: metric, path), let least = value.double else { return }
        if least > 100 {
            deny("success-rate-above-100", place, value, "more than 100 percent, so it never passes", "write 99")
        } else if least > 0, least <= 1 {
            let percent = (least * 10_000).rounded() / 100
            let text = Finding.shown(.number(JSONNumber(percent)))
            warn("success-rate-ratio", place, value, "a percentage, not a ratio", "write \(text)")
        }
    }

    /// A duration is a whole number of milliseconds.
    private mutating func checkDuration(_ metric: JSONValue, _ path: FieldPath) {
        guard let (value, place) = bound("max", of: metric, path), let most = value.double else { return }
        if most < 1 {
            let remedy = most > 0 ? "write \(Int((most * 1_000).rounded()))" : "write a whole number such as 500"
            deny("duration-below-1ms", place, value, "milliseconds, not seconds, so it never passes", remedy)
        } else if value.int == nil {
            deny("duration-fraction", place, value, "must be whole milliseconds", "write \(Self.rounded(most))")
        }
    }

    private static func rounded(_ number: Double) -> String {
        number < 1e15 ? String(Int64(number.rounded())) : "a whole number such as 500"
    }

    /// The bound `key` of a metric, be it in `thresholdRange` or in `threshold`.
    private func bound(_ key: String, of metric: JSONValue, _ path: FieldPath) -> (JSONValue, FieldPath)? {
        if let range = metric["thresholdRange"], !range.isNull {
            return range[key].map { ($0, path.member("thresholdRange").member(key)) }
        }
        return metric["threshold"].map { ($0, path.member("threshold")) }
    }
}
