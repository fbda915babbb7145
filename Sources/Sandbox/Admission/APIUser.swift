/// Who sends a request to the sandbox's API server.
package struct APIUser: Hashable, Sendable {
    /// `kubernetes-admin`, `system:serviceaccount:canarygate-system:canarygate`.
    package let name: String
    /// The groups that the name is in, `system:authenticated` among them.
    package let groups: [String]

    /// A user.
    package init(name: String, groups: [String]) {
        self.name = name
        self.groups = groups
    }
}
