import Admission
import JSON
import Kubernetes

/// Whether a webhook is asked, and in which version.
extension RegisteredWebhook {
    /// The version in which the webhook is asked about `attempt`; nil when its selectors or its rules do not match.
    ///
    /// A rule that lists the request's own version goes before all others. With `matchPolicy: Equivalent` one that lists
    /// another version of the same kind will do, the stored one first.
    ///
    /// - Throws: `KubernetesError` when that cannot be told.
    func version(
        askedAbout attempt: AdmissionAttempt,
        in cluster: InMemoryCluster
    ) throws(KubernetesError) -> ResourceType? {
        guard try matchesNamespace(of: attempt, in: cluster), try matchesObjects(of: attempt) else { return nil }
        let sent = attempt.requestType ?? attempt.type
        let others = value["matchPolicy"] == "Exact" ? [] : [attempt.type] + Self.versions(of: attempt, in: cluster)
        let rules = value["rules"]?.array ?? []
        return ([sent] + others).first { type in
            rules.contains { Self.rule($0, matches: attempt, of: type) }
        }
    }

    /// The served versions of the attempt's kind, when it is a custom one.
    private static func versions(of attempt: AdmissionAttempt, in cluster: InMemoryCluster) -> [ResourceType] {
        guard attempt.requestType != nil else { return [] }
        let definition = cluster.object(.customResourceDefinitions, nil, attempt.type.qualifiedPlural)
        return CustomKind.kinds(of: definition ?? .null).map(\.type)
    }

    // MARK: Selectors

    private func matchesNamespace(
        of attempt: AdmissionAttempt,
        in cluster: InMemoryCluster
    ) throws(KubernetesError) -> Bool {
        let selector = try selector("namespaceSelector", attempt)
        guard !selector.requirements.isEmpty else { return true }
        let name: String
        var labels: [String: String]
        if attempt.type == .namespaces {
            name = attempt.key.name
            labels = (attempt.object ?? attempt.oldObject)?.labels ?? [:]
        } else {
            guard let namespace = attempt.key.namespace else { return true }
            guard let object = cluster.object(.namespaces, nil, namespace) else {
                throw .notFound(attempt.text, .namespaces, namespace)
            }
            name = namespace
            labels = object.labels
        }
        labels["kubernetes.io/metadata.name"] = name
        return selector.matches(labels)
    }

    private func matchesObjects(of attempt: AdmissionAttempt) throws(KubernetesError) -> Bool {
        let selector = try selector("objectSelector", attempt)
        guard !selector.requirements.isEmpty else { return true }
        return [attempt.object, attempt.oldObject].contains { object in
            guard let object, object["metadata"] != nil else { return false }
            return selector.matches(object.labels)
        }
    }

    private func selector(_ field: String, _ attempt: AdmissionAttempt) throws(KubernetesError) -> LabelSelector {
        guard let selector = LabelSelector(object: value[field] ?? .null) else {
            throw unsupported("this \(field)", attempt)
        }
        return selector
    }

    /// A request that must fail, as the sandbox would treat it otherwise than a cluster.
    private func unsupported(_ subject: String, _ attempt: AdmissionAttempt) -> KubernetesError {
        .internalError(attempt.text, "webhook \"\(name)\": the sandbox does not support \(subject)")
    }

    // MARK: Rules

    private static func rule(_ rule: JSONValue, matches attempt: AdmissionAttempt, of type: ResourceType) -> Bool {
        func lists(_ field: String, _ text: String) -> Bool {
            let values = rule[field]?.array ?? []
            return values.contains("*") || values.contains(.string(text))
        }
        guard lists("operations", attempt.operation.rawValue), lists("apiGroups", attempt.type.group),
            lists("apiVersions", type.version)
        else { return false }
        switch rule["scope"] {
        case "Namespaced"?: guard attempt.type.isNamespaced else { return false }
        case "Cluster"?: guard !attempt.type.isNamespaced else { return false }
        default: break
        }
        let patterns = (rule["resources"]?.array ?? []).compactMap(\.string)
        return patterns.contains { matches($0, attempt.type.plural, attempt.subresource) }
    }

    /// Whether a pattern such as `deployments`, `deployments/*`, `*/scale` or `*` covers a resource.
    private static func matches(_ pattern: String, _ plural: String, _ subresource: String?) -> Bool {
        let parts = pattern.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0] == "*" || parts[0] == plural else { return false }
        guard parts.count == 2 else { return subresource == nil }
        return parts[1] == "*" || parts[1] == subresource ?? ""
    }
}
