import JSON
import Kubernetes

/// How autoscalers look in a table.
///
/// Source: Kubernetes `printHorizontalPodAutoscaler`.
enum AutoscalerColumns {
    static let columns: [TableColumn] = [
        .name,
        .text("Reference") { autoscaler in
            let target = ["spec", "scaleTargetRef"]
            let kind = autoscaler.value(below: target + ["kind"])?.string ?? ""
            return "\(kind)/\(autoscaler.value(below: target + ["name"])?.string ?? "")"
        },
        .text("Targets", targets),
        .text("MinPods") { $0.value(below: ["spec", "minReplicas"])?.number?.text ?? "<unset>" },
        .number("MaxPods", "spec", "maxReplicas"), .number("Replicas", "status", "currentReplicas"), .age,
    ]

    /// `cpu: 40%/80%` for each metric, at most two of them.
    private static let targets: @Sendable (JSONValue) -> String = { autoscaler in
        let autoscaler = AutoscalerConversion.stored(autoscaler)
        let metrics = autoscaler[path: "spec", "metrics"]?.array ?? []
        guard !metrics.isEmpty else { return "<none>" }
        let current = autoscaler[path: "status", "currentMetrics"]?.array ?? []
        let texts = metrics.enumerated()
            .map { index, metric in text(metric, index < current.count ? current[index] : .null) }
        let more = texts.count > 2 ? " + \(texts.count - 2) more..." : ""
        return texts.prefix(2).joined(separator: ", ") + more
    }

    private static func text(_ metric: JSONValue, _ current: JSONValue) -> String {
        let source = (metric["type"]?.string ?? "").lowercasedFirst
        guard let wanted = metric[source] else { return "<unknown>" }
        let name = source == "resource" ? "\(wanted["name"]?.string ?? ""): " : ""
        let unit = wanted[path: "target", "averageUtilization"] == nil ? "" : "%"
        let target = amount(wanted["target"]) ?? "<auto>"
        let found = amount(current[source]?["current"]) ?? "<unknown>"
        return "\(name)\(found == "<unknown>" ? found : found + unit)/\(target)\(unit)"
    }

    private static func amount(_ value: JSONValue?) -> String? {
        for field in ["averageUtilization", "averageValue", "value"] {
            if let found = value?[field] { return found.string ?? found.number?.text }
        }
        return nil
    }
}

extension String {
    /// `containerResource` for `ContainerResource`.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
