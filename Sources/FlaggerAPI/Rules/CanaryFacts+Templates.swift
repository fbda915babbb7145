import Admission
import JSON
import Kubernetes
import Schema

/// The MetricTemplates that the metrics refer to.
extension CanaryFacts {
    /// Whether a finding does not hold for every provider: Knative makes its own Services, and a metric's window must be
    /// in the words of the template's provider.
    func isJudgedByProvider(_ finding: Finding) -> Bool {
        guard !isDriven else { return false }
        if finding.rule == "canary/no-service" { return provider == "knative" }
        guard finding.rule == "canary/not-a-prometheus-duration" else { return false }
        return metrics.contains {
            finding.path == $0.path.member("interval").description && Self.isSet("templateRef", in: $0.value)
        }
    }

    mutating func checkTemplates(in view: ClusterView) {
        for (metric, path) in metrics {
            guard let reference = metric["templateRef"], let value = reference["name"], let name = value.string else {
                continue
            }
            let place = reference["namespace"]?.string ?? namespace
            let key = ObjectKey(namespace: place, name: name)
            guard let template = view.object(.metricTemplates, key) else {
                guard view.knows(.metricTemplates) else { continue }
                deny(
                    "template-missing",
                    path.member("templateRef").member("name"),
                    value,
                    "there is no MetricTemplate \(key), so every check would fail and roll the revision back",
                    "apply it first"
                )
                continue
            }
            checkSecret(of: template, key, path, view)
            checkWindow(metric, path, template)
            checkVariables(metric, path, template)
        }
    }

    private mutating func checkSecret(
        of template: JSONValue,
        _ key: ObjectKey,
        _ path: FieldPath,
        _ view: ClusterView
    ) {
        guard let fault = SecretNeed(template: template)?.fault(in: view, namespace: key.namespace ?? "") else {
            return
        }
        deny(
            "template-secret",
            path.member("templateRef").member("name"),
            .string(key.name),
            "every check would fail: \(fault.problem)",
            fault.remedy
        )
    }

    /// The window in the words of whom the template asks.
    private mutating func checkWindow(_ metric: JSONValue, _ path: FieldPath, _ template: JSONValue) {
        guard let value = metric["interval"], let text = value.string else { return }
        let type = template[path: "spec", "provider", "type"]?.string ?? "prometheus"
        let format: StringFormat
        switch type {
        case "datadog", "cloudwatch", "newrelic", "dynatrace", "splunk": format = .duration
        case "prometheus": format = .queryWindow
        default: return
        }
        guard !format.accepts(text) else { return }
        deny(
            "template-window",
            path.member("interval"),
            value,
            "no duration for \(type), so every check would fail",
            format.suggestion(text).map { "write \($0)" } ?? "write \(format.expected)"
        )
    }

    private mutating func checkVariables(_ metric: JSONValue, _ path: FieldPath, _ template: JSONValue) {
        guard let query = template[path: "spec", "query"]?.string else { return }
        let given = metric["templateVariables"]?.object?.keys ?? []
        let missing = QueryTemplate(query).variables.filter { !given.contains($0) }
        guard let first = missing.first else { return }
        let names = missing.prefix(5).joined(separator: ", ")
        let nearest = NearestName.find(first, among: given)
        deny(
            "template-variable",
            path.member("templateVariables"),
            metric["templateVariables"],
            "the template asks for \(names), so every check would fail",
            nearest.map { "write \(first) for \($0)" } ?? "write templateVariables: {\(first): ...}"
        )
    }
}

/// Who is told.
extension CanaryFacts {
    mutating func checkAlerts(in view: ClusterView) {
        for (alert, path) in alerts {
            guard let reference = alert["providerRef"], let value = reference["name"], let name = value.string else {
                continue
            }
            let key = ObjectKey(namespace: reference["namespace"]?.string ?? namespace, name: name)
            let place = path.member("providerRef").member("name")
            guard let provider = view.object(.alertProviders, key) else {
                guard view.knows(.alertProviders) else { continue }
                deny(
                    "alert-provider-missing",
                    place,
                    value,
                    "there is no AlertProvider \(key), so nobody would be told, nor told that",
                    "apply it first"
                )
                continue
            }
            let need = SecretNeed(provider: provider)
            guard let fault = need?.fault(in: view, namespace: key.namespace ?? "") else { continue }
            deny("alert-provider-secret", place, value, "nobody would be told: \(fault.problem)", fault.remedy)
        }
    }
}
