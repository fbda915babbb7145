import HTTP

/// What a path below `/api/v1` or `/apis` addresses: `/apis/apps/v1/namespaces/test/deployments/podinfo/scale`.
struct RequestPath: Hashable, Sendable {
    let group: String
    let version: String
    let plural: String
    /// The namespace in the path; nil across all, and for a kind without.
    let namespace: String?
    /// The object's name; nil for a collection.
    let name: String?
    /// `scale`, `status`; nil for the object itself.
    let subresource: String?

    /// Nil for a path that addresses no resource, such as discovery.
    init?(_ path: Substring) {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard let text = PercentEncoding.decode(part) else { return nil }
            parts.append(text)
        }
        let prefix = parts.first == "api" ? 2 : 3
        guard parts.first == "api" || parts.first == "apis", parts.count > prefix else { return nil }
        group = prefix == 2 ? "" : parts[1]
        version = parts[prefix - 1]
        var rest = parts[prefix...]
        let isNamespaceItself =
            rest.count <= 2 || (group.isEmpty && rest.count == 3 && ["status", "finalize"].contains(rest.last ?? ""))
        if rest.first == "namespaces", !isNamespaceItself {
            namespace = rest[prefix + 1]
            rest = rest.dropFirst(2)
        } else {
            namespace = nil
        }
        guard let plural = rest.popFirst(), rest.count <= 2 else { return nil }
        self.plural = plural
        name = rest.popFirst()
        subresource = rest.popFirst()
    }
}
