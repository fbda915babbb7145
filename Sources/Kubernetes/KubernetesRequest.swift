package import HTTP
package import HTTPTypes
package import JSON

/// A call to the API server before anything sends it.
package struct KubernetesRequest: Hashable, Sendable {
    /// What is attempted, as errors name it: `patch httpproxies.projectcontour.io test/podinfo`.
    package let operation: String
    /// The HTTP method.
    package let method: HTTPRequest.Method
    /// Path and query, without the endpoint's base path.
    package let target: String
    /// The body's media type; nil without a body.
    package let contentType: String?
    /// The body.
    package let body: [UInt8]

    /// Whether it may be sent again when nobody knows if it arrived.
    package var isSafe: Bool { method == .get }

    private init(
        operation: String,
        method: HTTPRequest.Method,
        path: String,
        query: [(String, String)] = [],
        contentType: String? = nil,
        body: [UInt8] = []
    ) {
        let pairs = query.map { "\($0)=\(PercentEncoding.encode($1))" }
        self.operation = operation
        self.method = method
        target = pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
        self.contentType = contentType
        self.body = body
    }

    /// The message to send below `basePath`, with `authorization` where there is one.
    ///
    /// `idleTimeout` bounds the silence within a streamed answer.
    package func message(
        basePath: String = "",
        authorization: String? = nil,
        idleTimeout: Duration = .seconds(30)
    ) -> ClientRequest {
        var fields: HTTPFields = [.accept: "application/json", .userAgent: "canarygate"]
        if let contentType { fields[.contentType] = contentType }
        if let authorization { fields[.authorization] = authorization }
        return ClientRequest(
            method: method,
            path: basePath + target,
            headerFields: fields,
            body: body,
            idleTimeout: idleTimeout
        )
    }
}

extension KubernetesRequest {
    /// How many objects a page of a list holds at most: what kubectl and client-go ask for.
    package static let pageSize = 500
    /// Who we are in `managedFields`.
    private static let fieldManager = ("fieldManager", "canarygate")

    /// Reads one object.
    ///
    /// - Throws: `KubernetesError` for a name that cannot stand in a path; so do the others.
    package static func get(_ type: ResourceType, _ key: ObjectKey) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("get", key)
        return KubernetesRequest(operation: operation, method: .get, path: try path(type, key, nil, operation))
    }

    /// Reads one page of a collection, of at most `limit` objects.
    package static func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?,
        continuing token: String?,
        limit: Int = pageSize
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("list", namespace: namespace)
        var query = [("limit", String(limit))]
        if let labelSelector, !labelSelector.isEmpty { query.append(("labelSelector", labelSelector)) }
        if let token { query.append(("continue", token)) }
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, namespace, operation),
            query: query
        )
    }

    /// Creates an object.
    package static func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) throws(KubernetesError) -> KubernetesRequest {
        let namespace = type.isNamespaced ? namespace ?? object.namespace : nil
        let name = object[path: "metadata", "name"] ?? object[path: "metadata", "generateName"]
        let operation = type.operation("create", ObjectKey(namespace: namespace, name: name?.string ?? ""))
        return KubernetesRequest(
            operation: operation,
            method: .post,
            path: try path(type, namespace, operation),
            query: [fieldManager],
            contentType: "application/json",
            body: object.serialized
        )
    }

    /// Replaces an object or its subresource.
    package static func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("update", key, subresource: subresource)
        return KubernetesRequest(
            operation: operation,
            method: .put,
            path: try path(type, key, subresource, operation),
            query: [fieldManager],
            contentType: "application/json",
            body: object.serialized
        )
    }

    /// Changes an object or its subresource.
    package static func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("patch", key, subresource: subresource)
        let (contentType, value) =
            switch patch {
            case .json(let changes): ("application/json-patch+json", changes.value)
            case .merge(let changes): ("application/merge-patch+json", changes)
            }
        return KubernetesRequest(
            operation: operation,
            method: .patch,
            path: try path(type, key, subresource, operation),
            query: [fieldManager],
            contentType: contentType,
            body: value.serialized
        )
    }

    /// Deletes an object, its dependents in the background.
    package static func delete(_ type: ResourceType, _ key: ObjectKey) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("delete", key)
        let options: JSONValue = ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Background"]
        return KubernetesRequest(
            operation: operation,
            method: .delete,
            path: try path(type, key, nil, operation),
            contentType: "application/json",
            body: options.serialized
        )
    }

    /// Watches a collection for at most `seconds`.
    package static func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String,
        seconds: Int
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("watch", namespace: namespace)
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, namespace, operation),
            query: [
                ("watch", "1"), ("resourceVersion", resourceVersion), ("allowWatchBookmarks", "true"),
                ("timeoutSeconds", String(seconds)),
            ]
        )
    }
}

extension KubernetesRequest {
    private static func path(
        _ type: ResourceType,
        _ namespace: String?,
        _ operation: String
    ) throws(KubernetesError) -> String {
        guard let namespace else { return type.path() }
        return type.path(namespace: try segment(namespace, operation))
    }

    private static func path(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ subresource: String?,
        _ operation: String
    ) throws(KubernetesError) -> String {
        var namespace: String?
        if let given = key.namespace { namespace = try segment(given, operation) }
        let encoded = ObjectKey(namespace: namespace, name: try segment(key.name, operation))
        return type.path(encoded, subresource: subresource)
    }

    /// A name as a segment of a path; names come from other people's objects and must not lead to another path.
    private static func segment(_ name: String, _ operation: String) throws(KubernetesError) -> String {
        guard !name.isEmpty, name != ".", name != "..", !name.contains("/"), !name.contains("%") else {
            throw KubernetesError(
                operation: operation,
                code: 0,
                reason: "BadRequest",
                message: "\"\(name)\" is no name, expected neither \".\" nor \"..\", and no \"/\" or \"%\""
            )
        }
        return PercentEncoding.encode(name)
    }
}
