import JSON
import Kubernetes

/// The reviews by which users ask what they, or others, may do and who they are; they are answered and not stored.
struct AccessReview: Sendable {
    let rules: AccessRules
    let user: APIUser
    /// The namespace in the path.
    var namespace: String?
    let tokens: TokenBook

    /// Those that everybody may ask, as their resources are called.
    static let open: Set = [
        "selfsubjectaccessreviews.authorization.k8s.io", "selfsubjectrulesreviews.authorization.k8s.io",
        "selfsubjectreviews.authentication.k8s.io",
    ]

    /// The kinds as discovery shows them.
    static let kinds: [ResourceType] = [
        kind("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
        kind("authentication.k8s.io", "tokenreviews", "TokenReview"),
        kind("authorization.k8s.io", "localsubjectaccessreviews", "LocalSubjectAccessReview", isNamespaced: true),
        kind("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
        kind("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
        kind("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview"),
    ]

    private static func kind(
        _ group: String,
        _ plural: String,
        _ kind: String,
        isNamespaced: Bool = false
    ) -> ResourceType {
        ResourceType(group: group, version: "v1", plural: plural, kind: kind, isNamespaced: isNamespaced)
    }

    /// The kind of review that `path` addresses; nil when it is none.
    static func kind(_ path: RequestPath) -> ResourceType? {
        guard path.name == nil else { return nil }
        return kinds.first { kind in
            kind.group == path.group && kind.version == path.version && kind.plural == path.plural
                && kind.isNamespaced == (path.namespace != nil)
        }
    }

    /// `review` with the answer in its status.
    func answered(_ review: JSONValue) -> JSONValue {
        var review = review
        let spec = review["spec"] ?? .null
        switch review["kind"]?.string {
        case "SelfSubjectReview"?: review["status"] = ["userInfo": Self.information(on: user)]
        case "SelfSubjectRulesReview"?: review["status"] = rules(in: spec["namespace"]?.string ?? "default")
        case "TokenReview"?: review["status"] = identity(spec["token"]?.string ?? "")
        case "SubjectAccessReview"?, "LocalSubjectAccessReview"?:
            let groups = (spec["groups"]?.array ?? []).compactMap(\.string)
            let other = APIUser(name: spec["user"]?.string ?? "", groups: groups)
            review["status"] = ["allowed": .bool(rules.allows(access(in: spec), by: other))]
        default: review["status"] = ["allowed": .bool(rules.allows(access(in: spec), by: user))]
        }
        return review
    }

    private static func information(on user: APIUser) -> JSONValue {
        ["username": .string(user.name), "groups": .array(user.groups.map(JSONValue.string))]
    }

    private func identity(_ token: String) -> JSONValue {
        guard let owner = tokens.user(token) else {
            return ["authenticated": false, "error": "[invalid bearer token, token lookup failed]"]
        }
        let group = "system:authenticated"
        let groups = owner.groups.contains(group) ? owner.groups : owner.groups + [group]
        return ["authenticated": true, "user": Self.information(on: APIUser(name: owner.name, groups: groups))]
    }

    /// What the user may do in `namespace`, and everywhere.
    private func rules(in namespace: String) -> JSONValue {
        var resources: [JSONValue] = []
        var paths: [JSONValue] = []
        for rule in rules.rules(of: user, in: namespace) {
            if rule["nonResourceURLs"] == nil { resources.append(rule) } else { paths.append(rule) }
        }
        return ["resourceRules": .array(resources), "nonResourceRules": .array(paths), "incomplete": false]
    }

    private func access(in spec: JSONValue) -> AccessRequest {
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
            namespace: namespace ?? text("namespace")
        )
    }
}
