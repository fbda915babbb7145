/// A subresource that nothing is read from: creating it does something.
enum SubresourceAction: String, CaseIterable, Sendable {
    /// A token for a service account.
    case token
    /// The removal of a pod, if budgets allow it.
    case eviction

    /// The resource that has it.
    var parent: String {
        switch self {
        case .token: "serviceaccounts"
        case .eviction: "pods"
        }
    }

    /// The group and version, and the kind, of what is created.
    var body: (group: String, version: String, kind: String) {
        switch self {
        case .token: ("authentication.k8s.io", "v1", "TokenRequest")
        case .eviction: ("policy", "v1", "Eviction")
        }
    }
}
