import JSON
import Kubernetes
import Platform

/// What the API server itself writes on namespaces and definitions.
extension ClusterState {
    /// `object` with the label and the phase of a namespace, or with a definition's status.
    func marked(_ object: JSONValue, _ call: ClusterCall) -> JSONValue {
        switch call.type {
        case .namespaces: Self.markedNamespace(object)
        case .customResourceDefinitions: Self.established(object, call)
        default: object
        }
    }

    private static func markedNamespace(_ namespace: JSONValue) -> JSONValue {
        var namespace = namespace
        namespace[path: "metadata", "labels", "kubernetes.io/metadata.name"] = .string(namespace.name)
        if namespace[path: "status", "phase"] == nil { namespace[path: "status", "phase"] = "Active" }
        return namespace
    }

    private static func established(_ definition: JSONValue, _ call: ClusterCall) -> JSONValue {
        let spec = definition["spec"]
        guard var names = spec?["names"], let versions = spec?["versions"]?.array else { return definition }
        let kind = names["kind"]?.string ?? ""
        names["singular"] = names["singular"] ?? .string(kind.lowercased())
        names["listKind"] = names["listKind"] ?? .string(kind + "List")
        guard definition[path: "status", "acceptedNames"] != names else { return definition }
        let reasons = [
            ("NamesAccepted", "NoConflicts", "no conflicts found"),
            ("Established", "InitialNamesAccepted", "the initial names have been accepted"),
        ]
        let conditions = reasons.map { type, reason, message -> JSONValue in
            [
                "type": .string(type), "status": "True", "lastTransitionTime": .string(call.time.rfc3339),
                "reason": .string(reason), "message": .string(message),
            ]
        }
        let stored = versions.filter { $0["storage"]?.bool == true }.compactMap { $0["name"] }
        var definition = definition
        definition["status"] = [
            "conditions": .array(conditions), "acceptedNames": names, "storedVersions": .array(stored),
        ]
        return definition
    }
}
