package import JSON
package import Schema

extension CanaryVersions {
    /// What `canary`, when it is of `v1alpha3`, should be written as in `v1beta1`: a warning for each field; none for
    /// an object of another version.
    package static func deprecations(in canary: JSONValue) -> [Finding] {
        guard canary["apiVersion"]?.string == former, let name = CanaryNames(canary) else { return [] }
        let path = FieldPath("spec", name.rawValue)
        let analysis = canary["spec"]?[name.rawValue] ?? .null
        var findings = [nameFinding(name, analysis, path)]
        for (index, metric) in (analysis["metrics"]?.array ?? []).enumerated() {
            findings += deprecations(of: metric, at: path.member("metrics").element(index))
        }
        return findings
    }

    private static let rule = "canary/deprecated-field"

    private static func nameFinding(_ name: CanaryNames, _ value: JSONValue, _ path: FieldPath) -> Finding {
        switch name {
        case .former: Finding(rule, .warn, at: path, value, "the old name", "write spec.analysis, in v1beta1")
        case .current: Finding(rule, .warn, at: path, value, "in v1alpha3 canaryAnalysis", "write \(current)")
        }
    }

    private static func deprecations(of metric: JSONValue, at path: FieldPath) -> [Finding] {
        var findings: [Finding] = []
        if let current = FormerMetrics.currentName(of: metric) {
            findings.append(
                Finding(rule, .warn, at: path.member("name"), metric["name"], "the old name", "write \(current)")
            )
        }
        if let threshold = metric["threshold"], let value = threshold.number, metric["thresholdRange"] == nil {
            let name = FormerMetrics.currentName(of: metric) ?? metric["name"]?.string
            let bound = name == "request-success-rate" ? "min" : "max"
            let remedy = "write thresholdRange: {\(bound): \(value.text)}"
            findings.append(Finding(rule, .warn, at: path.member("threshold"), threshold, "deprecated", remedy))
        }
        return findings
    }
}
