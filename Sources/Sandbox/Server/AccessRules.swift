import JSON
import Kubernetes

/// Role-based access control by the objects in the cluster.
///
/// Source: rbac.authorization.k8s.io/v1. Who may hand out which rights is not checked.
struct AccessRules: Sendable {
    let cluster: InMemoryCluster

    private static let group = "rbac.authorization.k8s.io"
    static let clusterRoles = kind("clusterroles", "ClusterRole", isNamespaced: false)
    private static let clusterBindings = kind("clusterrolebindings", "ClusterRoleBinding", isNamespaced: false)
    private static let roles = kind("roles", "Role")
    private static let bindings = kind("rolebindings", "RoleBinding")

    private static func kind(_ plural: String, _ kind: String, isNamespaced: Bool = true) -> ResourceType {
        ResourceType(group: group, version: "v1", plural: plural, kind: kind, isNamespaced: isNamespaced)
    }

    /// The role that may do all.
    static let clusterAdmin: JSONValue = [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "cluster-admin"],
        "rules": [
            ["apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]], ["nonResourceURLs": ["*"], "verbs": ["*"]],
        ],
    ]

    /// Refuses what `user` may not do.
    ///
    /// - Throws: the 403 of the real server.
    func check(_ request: AccessRequest, by user: APIUser) throws(KubernetesError) {
        guard allows(request, by: user) else { throw request.forbidden(to: user) }
    }

    /// Whether `user` may do it.
    func allows(_ request: AccessRequest, by user: APIUser) -> Bool {
        if user.groups.contains("system:masters") { return true }
        if isOpenToAll(request) { return true }
        let everywhere = cluster.objects(Self.clusterBindings).filter { names(user, $0, in: nil) }
        if everywhere.contains(where: { role(of: $0, in: nil, allows: request) }) { return true }
        guard let namespace = request.namespace else { return false }
        return cluster.objects(Self.bindings)
            .contains { binding in
                binding.namespace == namespace && names(user, binding, in: namespace)
                    && role(of: binding, in: namespace, allows: request)
            }
    }

    /// The rules by which `user` may do something in `namespace`, or everywhere.
    func rules(of user: APIUser, in namespace: String) -> [JSONValue] {
        let everywhere = cluster.objects(Self.clusterBindings).filter { names(user, $0, in: nil) }
        let here = cluster.objects(Self.bindings)
            .filter { $0.namespace == namespace && names(user, $0, in: namespace) }
        return everywhere.flatMap { rules(of: $0, in: nil) } + here.flatMap { rules(of: $0, in: namespace) }
    }

    /// What the cluster roles `system:basic-user` and `system:discovery` give everybody who is known.
    private func isOpenToAll(_ request: AccessRequest) -> Bool {
        if let path = request.path {
            let open = ["/api", "/apis", "/openapi", "/version", "/healthz", "/livez", "/readyz"]
            return request.verb == "get" && open.contains { path == $0 || path.hasPrefix($0 + "/") }
        }
        return request.verb == "create" && AccessReview.open.contains("\(request.resource).\(request.group)")
    }

    private func names(_ user: APIUser, _ binding: JSONValue, in namespace: String?) -> Bool {
        (binding["subjects"]?.array ?? [])
            .contains { subject in
                let name = subject["name"]?.string ?? ""
                switch subject["kind"]?.string {
                case "User": return name == user.name || name == "*"
                case "Group": return user.groups.contains(name)
                case "ServiceAccount":
                    let home = subject["namespace"]?.string ?? namespace ?? ""
                    return user.name == "system:serviceaccount:\(home):\(name)"
                default: return false
                }
            }
    }

    private func role(of binding: JSONValue, in namespace: String?, allows request: AccessRequest) -> Bool {
        rules(of: binding, in: namespace).contains { allows(request, under: $0) }
    }

    private func rules(of binding: JSONValue, in namespace: String?) -> [JSONValue] {
        guard let reference = binding["roleRef"], let name = reference["name"]?.string else { return [] }
        let role =
            reference["kind"]?.string == "Role"
            ? cluster.object(Self.roles, namespace, name) : cluster.object(Self.clusterRoles, nil, name)
        return role?["rules"]?.array ?? []
    }

    private func allows(_ request: AccessRequest, under rule: JSONValue) -> Bool {
        let texts = { (field: String) in (rule[field]?.array ?? []).compactMap(\.string) }
        let verbs = texts("verbs")
        guard verbs.contains("*") || verbs.contains(request.verb) else { return false }
        if let path = request.path {
            return texts("nonResourceURLs")
                .contains { $0 == "*" || $0 == path || ($0.hasSuffix("*") && path.hasPrefix($0.dropLast())) }
        }
        let groups = texts("apiGroups")
        guard groups.contains("*") || groups.contains(request.group) else { return false }
        let wanted: Set = ["*", request.qualifiedResource, request.subresource.map { "*/\($0)" } ?? request.resource]
        guard texts("resources").contains(where: wanted.contains) else { return false }
        let names = texts("resourceNames")
        return names.isEmpty || request.name.map(names.contains) ?? false
    }
}
