import JSON

/// The names that builtin metrics had when they were called after the series that they are made of.
///
/// Source: Flagger 0.10 to 0.14, which took both names for each.
enum FormerMetrics {
    static let names = [
        "istio_requests_total": "request-success-rate",
        "envoy_cluster_upstream_rq": "request-success-rate",
        "istio_request_duration_seconds_bucket": "request-duration",
        "envoy_cluster_upstream_rq_time_bucket": "request-duration",
    ]

    /// The name today of `metric`, when it has a former one; nil for any other, and for one with a query of its own.
    static func currentName(of metric: JSONValue) -> String? {
        guard isBuiltin(metric), let name = metric["name"]?.string else { return nil }
        return names[name]
    }

    /// Whether `metric` is measured by its name alone.
    static func isBuiltin(_ metric: JSONValue) -> Bool {
        ["query", "templateRef"].allSatisfy { (metric[$0] ?? .null).isNull }
    }
}

/// Which way a Canary's metrics are renamed.
enum MetricRenaming {
    case toCurrent
    case toFormer
}

extension JSONValue {
    /// Gives the builtin metrics of a Canary the names of its other version.
    ///
    /// `known` is what the other version has left word of, `notes` takes what has to be told to it.
    mutating func renameMetrics(_ way: MetricRenaming, except known: VersionNotes, noting notes: inout VersionNotes) {
        guard let name = CanaryNames(self)?.rawValue, var metrics = self[path: "spec", name, "metrics"]?.array else {
            return
        }
        for (index, metric) in metrics.enumerated() {
            switch way {
            case .toCurrent:
                guard let current = FormerMetrics.currentName(of: metric), !known.literal.contains(index) else {
                    continue
                }
                notes.metrics[index] = metric["name"]?.string
                metrics[index]["name"] = .string(current)
            case .toFormer:
                if FormerMetrics.currentName(of: metric) != nil { notes.literal.insert(index) }
                guard let former = known.metrics[index], FormerMetrics.isBuiltin(metric),
                    FormerMetrics.names[former] == metric["name"]?.string
                else { continue }
                metrics[index]["name"] = .string(former)
            }
        }
        self[path: "spec", name, "metrics"] = .array(metrics)
    }
}
