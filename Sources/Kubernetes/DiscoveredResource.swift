/// What an API server says of one of its kinds.
package struct DiscoveredResource: Hashable, Sendable {
    /// The kind with its group, version and plural.
    package let type: ResourceType
    /// What can be done: `get`, `list`, `watch` and so on.
    package let verbs: Set<String>
    /// Its subresources, for example `status` and `scale`.
    package let subresources: Set<String>
}
