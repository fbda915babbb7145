import JSON
import Kubernetes

/// What a user wants to do, as access rules judge it.
struct AccessRequest: Sendable {
    /// The verb: `get`, `create`.
    var verb: String
    /// The API group, empty for the core group.
    var group = ""
    /// The plural.
    var resource = ""
    /// `scale`, `status`; nil for the object itself.
    var subresource: String?
    /// The object's name; nil for a collection.
    var name: String?
    /// The namespace; nil for cluster scope.
    var namespace: String?
    /// The path, for what is no resource.
    var path: String?

    /// `deployments/scale`.
    var qualifiedResource: String { subresource.map { "\(resource)/\($0)" } ?? resource }

    /// The refusal of the real server.
    func forbidden(to user: APIUser) -> KubernetesError {
        let subject = "User \"\(user.name)\" cannot \(verb)"
        if let path {
            return .refusal(403, "Forbidden", "forbidden: \(subject) path \"\(path)\"")
        }
        let scope = namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
        let plural = group.isEmpty ? resource : "\(resource).\(group)"
        let object = name.map { "\(plural) \"\($0)\"" } ?? plural
        let type = ResourceType(group: group, version: "", plural: resource, kind: "")
        let action = "resource \"\(qualifiedResource)\" in API group \"\(group)\""
        let message = "\(object) is forbidden: \(subject) \(action) \(scope)"
        return .refusal(403, "Forbidden", message, details: type.details(name: name))
    }
}

extension APICall {
    /// What the call needs leave for; `verb` where it is not the call's own.
    func access(_ verb: APIVerb? = nil) -> AccessRequest {
        AccessRequest(
            verb: (verb ?? self.verb).rawValue,
            group: type.group,
            resource: type.plural,
            subresource: path.subresource,
            name: path.name,
            // A namespace is in itself, as far as access goes.
            namespace: path.namespace ?? (type == .namespaces ? path.name : nil)
        )
    }
}
