import JSON
import Schema

/// A MetricTemplate as the rules look at it, and what they found.
struct TemplateFacts {
    let spec: JSONValue
    let provider: JSONValue
    private(set) var findings: [Finding] = []

    static let queryPath = FieldPath("spec", "query")
    static let providerPath = FieldPath("spec", "provider")

    init(_ object: JSONValue) {
        spec = object["spec"] ?? .null
        provider = spec["provider"] ?? .null
    }

    /// The provider's type; empty where there is none.
    var type: String { provider["type"]?.string ?? "" }

    mutating func check() {
        checkProvider()
        checkQuery()
    }

    mutating func deny(_ rule: String, _ path: FieldPath, _ value: JSONValue?, _ problem: String, _ remedy: String) {
        findings.append(Finding("metrictemplate/\(rule)", at: path, value, problem, remedy))
    }

    mutating func warn(_ rule: String, _ path: FieldPath, _ value: JSONValue?, _ problem: String, _ remedy: String) {
        findings.append(Finding("metrictemplate/\(rule)", .warn, at: path, value, problem, remedy))
    }
}

/// Whom to ask.
extension TemplateFacts {
    private static let addressed = ["prometheus", "graphite", "influxdb", "dynatrace", "splunk"]

    /// The fields that some providers alone read.
    private static let readers = [
        "headers": ["prometheus"], "region": ["cloudwatch"],
        "insecureSkipVerify": ["prometheus", "graphite", "externalmetrics"],
    ]

    private mutating func checkProvider() {
        guard provider.object != nil else { return }
        if Self.addressed.contains(type), (provider["address"]?.string ?? "").isEmpty {
            deny(
                "address-missing",
                Self.providerPath.member("address"),
                provider["address"],
                "\(type) has no address of its own, so every check would fail",
                "write its URL, such as http://\(type).monitoring:9090"
            )
        }
        if type == "cloudwatch", (provider["region"]?.string ?? "").isEmpty {
            deny(
                "region-missing",
                Self.providerPath.member("region"),
                provider["region"],
                "CloudWatch is asked in one region, so every check would fail",
                "write one such as eu-central-1"
            )
        }
        if let need = SecretNeed(template: ["spec": spec]), need.name == nil {
            deny(
                "secret-needed",
                Self.providerPath.member("secretRef"),
                provider["secretRef"],
                "\(type) is asked with credentials, so every check would fail",
                "write secretRef: {name: ...} with a Secret that has \((need.choices.first ?? []).joined(separator: ", "))"
            )
        }
        for (name, types) in Self.readers.sorted(by: { $0.key < $1.key }) {
            guard CanaryFacts.isSet(name, in: provider), !type.isEmpty, !types.contains(type) else { continue }
            warn("ignored-field", Self.providerPath.member(name), provider[name], "not read for \(type)", "remove it")
        }
    }
}
