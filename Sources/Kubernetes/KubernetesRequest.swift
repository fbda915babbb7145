package import HTTP
package import HTTPTypes

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

    /// A call to `path` with `query`, whose values are not yet encoded.
    init(
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
    static func path(
        _ type: ResourceType,
        _ namespace: String?,
        _ operation: String
    ) throws(KubernetesError) -> String {
        guard let namespace else { return type.path() }
        return type.path(namespace: try segment(namespace, operation))
    }

    static func path(
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
