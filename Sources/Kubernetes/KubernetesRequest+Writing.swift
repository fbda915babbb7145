package import HTTPTypes
package import JSON

extension KubernetesRequest {
    /// Creates an object.
    package static func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?,
        options: WriteOptions = WriteOptions()
    ) throws(KubernetesError) -> KubernetesRequest {
        let namespace = type.isNamespaced ? namespace ?? object.namespace : nil
        let name = object[path: "metadata", "name"] ?? object[path: "metadata", "generateName"]
        let operation = type.operation("create", ObjectKey(namespace: namespace, name: name?.string ?? ""))
        return KubernetesRequest(
            operation: operation,
            method: .post,
            path: try path(type, namespace, operation),
            query: options.query(),
            contentType: "application/json",
            body: object.serialized
        )
    }

    /// Replaces an object or its subresource.
    package static func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?,
        options: WriteOptions = WriteOptions()
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("update", key, subresource: subresource)
        return KubernetesRequest(
            operation: operation,
            method: .put,
            path: try path(type, key, subresource, operation),
            query: options.query(),
            contentType: "application/json",
            body: object.serialized
        )
    }

    /// Changes an object or its subresource.
    package static func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: PatchBody,
        subresource: String?,
        options: WriteOptions = WriteOptions()
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation(patch.isApply ? "apply" : "patch", key, subresource: subresource)
        return KubernetesRequest(
            operation: operation,
            method: .patch,
            path: try path(type, key, subresource, operation),
            query: options.query(isApply: patch.isApply),
            contentType: patch.contentType,
            body: patch.value.serialized
        )
    }

    /// Changes an object or its subresource.
    package static func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) throws(KubernetesError) -> KubernetesRequest {
        try self.patch(type, key, PatchBody(patch), subresource: subresource)
    }

    /// Deletes an object.
    package static func delete(
        _ type: ResourceType,
        _ key: ObjectKey,
        options: DeleteOptions = DeleteOptions()
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("delete", key)
        return KubernetesRequest(
            operation: operation,
            method: .delete,
            path: try path(type, key, nil, operation),
            contentType: "application/json",
            body: options.value.serialized
        )
    }

    /// Anything else: `target` is the path and the query as they are sent, such as `/version`.
    ///
    /// - Throws: `KubernetesError` for a target that does not begin with `/` or is not made of printable ASCII.
    package static func raw(
        _ method: HTTPRequest.Method,
        _ target: String,
        contentType: String? = nil,
        body: [UInt8] = []
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = "\(method.rawValue.lowercased()) \(target.prefix { $0 != "?" })"
        guard target.hasPrefix("/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") })
        else {
            throw KubernetesError(
                operation: "\(method.rawValue.lowercased()) a raw path",
                code: 0,
                reason: "BadRequest",
                message: "the path is none, expected printable ASCII that begins with \"/\""
            )
        }
        return KubernetesRequest(
            operation: operation,
            method: method,
            path: target,
            contentType: contentType,
            body: body
        )
    }
}
