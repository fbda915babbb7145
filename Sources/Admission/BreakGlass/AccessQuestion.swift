/// Whether somebody may break the glass in a namespace.
package struct AccessQuestion: Hashable, Sendable {
    /// Who asks.
    package let username: String
    /// The groups of who asks, sorted.
    package let groups: [String]
    /// Where.
    package let namespace: String

    package init(username: String, groups: [String], namespace: String) {
        self.username = username
        self.groups = groups.sorted()
        self.namespace = namespace
    }

    /// Whether no answer is needed: the API server lets this group do everything.
    package var isAlwaysAllowed: Bool { groups.contains("system:masters") }
}
