import Admission
import JSON
import Kubernetes

/// The Secret that a MetricTemplate or an AlertProvider refers to, and the keys that it must have.
struct SecretNeed {
    /// The Secret's name; nil where the object names none.
    let name: String?
    /// Sets of keys of which one must be there as a whole; none when any will do.
    let choices: [[String]]

    /// What `template` needs; nil where its provider reads no Secret, or could do without.
    ///
    /// Source: Flagger's metric providers.
    init?(template: JSONValue) {
        let provider = template[path: "spec", "provider"] ?? .null
        name = provider[path: "secretRef", "name"]?.string
        let keys = Self.keys(of: provider["type"]?.string ?? "")
        guard !keys.isEmpty || name != nil else { return nil }
        choices = keys
        let isOptional = ["prometheus", "graphite", "externalmetrics", ""].contains(provider["type"]?.string ?? "")
        if name == nil, isOptional { return nil }
    }

    /// What `provider` needs; nil where it has its address itself.
    init?(provider: JSONValue) {
        guard let name = provider[path: "spec", "secretRef", "name"]?.string else { return nil }
        self.name = name
        choices = [["address"]]
    }

    private static func keys(of type: String) -> [[String]] {
        switch type {
        case "prometheus": [["token"], ["username", "password"]]
        case "datadog": [["datadog_api_key", "datadog_application_key"]]
        case "newrelic": [["newrelic_account_id", "newrelic_query_key"]]
        case "graphite": [["username", "password"]]
        case "influxdb": [["token", "org"]]
        case "stackdriver": [["project"]]
        case "dynatrace": [["dynatrace_token"]]
        case "splunk": [["sf_token_key"]]
        case "externalmetrics": [["token"]]
        default: []
        }
    }

    /// What is wrong with the Secret in `namespace`, and the command that mends it; nil when it is as it must be, or
    /// Secrets are not watched.
    func fault(in view: ClusterView, namespace: String) -> SecretFault? {
        guard let name, view.knows(.secrets) else { return nil }
        let literals = (choices.first ?? []).map { " --from-literal=\($0)=..." }.joined()
        guard let secret = view.object(.secrets, ObjectKey(namespace: namespace, name: name)) else {
            return SecretFault(
                problem: "there is no Secret \(namespace)/\(name)",
                remedy: "run: kubectl -n \(namespace) create secret generic \(name)\(literals)",
                brief: "no such Secret yet"
            )
        }
        let keys = secret["data"]?.object?.keys ?? []
        guard !choices.isEmpty, !choices.contains(where: { $0.allSatisfy(keys.contains) }) else { return nil }
        let missing = (choices.first ?? []).filter { !keys.contains($0) }
        let patch = missing.map { "\"\($0)\":\"...\"" }.joined(separator: ",")
        return SecretFault(
            problem: "the Secret \(namespace)/\(name) has no \(missing.joined(separator: ", "))",
            remedy: "run: kubectl -n \(namespace) patch secret \(name) -p '{\"stringData\":{\(patch)}}'",
            brief: "has no \(missing.joined(separator: ", "))"
        )
    }
}

/// What is wrong with a Secret that is referred to.
struct SecretFault {
    /// What is wrong, with the Secret's name.
    let problem: String
    /// The command that mends it.
    let remedy: String
    /// What is wrong, for a warning beside the Secret's name.
    let brief: String
}
