import JSON
import Kubernetes

/// The reviews by which a user asks about oneself; they are answered and not stored.
struct AccessReview: Sendable {
    let rules: AccessRules
    let user: APIUser

    /// The kinds, as their resources are called.
    static let resources: Set = [
        "selfsubjectaccessreviews.authorization.k8s.io", "selfsubjectreviews.authentication.k8s.io",
    ]

    /// The kinds as discovery shows them.
    static let kinds: [ResourceType] = [
        kind("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
        kind("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
    ]

    private static func kind(_ group: String, _ plural: String, _ kind: String) -> ResourceType {
        ResourceType(group: group, version: "v1", plural: plural, kind: kind, isNamespaced: false)
    }

    /// The kind of review that `path` addresses; nil when it is none.
    static func kind(_ path: RequestPath) -> ResourceType? {
        guard path.name == nil, path.namespace == nil else { return nil }
        return kinds.first { $0.group == path.group && $0.version == path.version && $0.plural == path.plural }
    }

    /// `review` with the answer in its status.
    func answered(_ review: JSONValue) -> JSONValue {
        var review = review
        if review["kind"]?.string == "SelfSubjectReview" {
            let groups = user.groups.map(JSONValue.string)
            review["status"] = ["userInfo": ["username": .string(user.name), "groups": .array(groups)]]
            return review
        }
        let isAllowed = rules.allows(Self.access(in: review["spec"] ?? .null), by: user)
        review["status"] = ["allowed": .bool(isAllowed)]
        return review
    }

    private static func access(in spec: JSONValue) -> AccessRequest {
        if let path = spec["nonResourceAttributes"] {
            return AccessRequest(verb: path["verb"]?.string ?? "", path: path["path"]?.string ?? "")
        }
        let asked = spec["resourceAttributes"]
        let text = { (field: String) -> String? in
            let text = asked?[field]?.string
            return text?.isEmpty == true ? nil : text
        }
        return AccessRequest(
            verb: text("verb") ?? "",
            group: text("group") ?? "",
            resource: text("resource") ?? "",
            subresource: text("subresource"),
            name: text("name"),
            namespace: text("namespace")
        )
    }
}
