import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// A request for a resource, once it is known who asks for what.
struct APICall: Sendable {
    let verb: APIVerb
    let kind: ServedKind
    let path: RequestPath
    let query: QueryItems
    let user: APIUser
    let request: ServerRequest

    /// The kind in the path.
    var type: ResourceType { kind.type }

    /// Namespace and name; the name is empty for a collection.
    var key: ObjectKey { ObjectKey(namespace: path.namespace, name: path.name ?? "") }

    /// Whether nothing is to be stored.
    var isDryRun: Bool { query.all("dryRun").contains("All") }

    /// The request's value of `name`, in its header.
    func header(_ name: HTTPField.Name) -> String? { request.head.headerFields[name] }

    /// The same request made at `time`, as the store knows it.
    func stored(at time: Timestamp) -> ClusterCall {
        ClusterCall(
            operation: type.operation(verb.rawValue, key, subresource: path.subresource),
            type: type,
            time: time,
            isUpdate: verb == .update,
            declaresStatus: kind.hasStatus,
            customScale: kind.custom?.scalePaths
        )
    }

    /// The options object that admission gets: `CreateOptions`, `UpdateOptions`, `DeleteOptions`.
    func options(_ kind: String, from given: JSONValue = .object(JSONObject())) -> JSONValue {
        var options = given
        options["kind"] = .string(kind)
        options["apiVersion"] = "meta.k8s.io/v1"
        if isDryRun { options["dryRun"] = ["All"] }
        for name in ["fieldManager", "fieldValidation"] where kind != "DeleteOptions" {
            if let value = query[name], !value.isEmpty { options[name] = .string(value) }
        }
        return options
    }

    /// What there must be in the kind for this call.
    ///
    /// - Throws: the 404 of a path that nothing serves, the 405 of a verb that it does not know.
    func checkServed() throws(KubernetesError) {
        let isScopeRight =
            kind.type.isNamespaced ? path.namespace != nil || path.name == nil : path.namespace == nil
        guard isScopeRight else { throw .notServed }
        guard kind.verbs.contains(verb) else { throw .methodNotAllowed }
        switch path.subresource {
        case nil: break
        case "status" where kind.hasStatus: break
        case "scale" where kind.hasScale: break
        case let name? where kind.actions.contains { $0.rawValue == name }:
            guard verb == .create, path.namespace != nil else { throw .methodNotAllowed }
            return
        default: throw .notServed
        }
        if path.subresource != nil, ![.get, .update, .patch].contains(verb) { throw .methodNotAllowed }
        if verb == .create, path.name != nil { throw .methodNotAllowed }
        // Across all namespaces objects can only be read.
        let isAcross = kind.type.isNamespaced && path.namespace == nil
        if isAcross, ![.list, .watch].contains(verb) { throw .methodNotAllowed }
    }
}
