/// Something that was done by hand to what the loop owns, let through for a reason.
package struct BrokenGlass: Hashable, Sendable {
    /// The plural of the object's kind, `deployments`.
    package let resource: String
    /// The object as kubectl names it, `deployment/podinfo-primary`.
    package let title: String
    /// Where it is.
    package let namespace: String
    /// The Canary whose it is.
    package let canary: String
    /// Who did it.
    package let username: String
    /// Why, in the words of the annotation, in one line.
    package let reason: String

    package init(
        resource: String,
        title: String,
        namespace: String,
        canary: String,
        username: String,
        reason: String
    ) {
        self.resource = resource
        self.title = title
        self.namespace = namespace
        self.canary = canary
        self.username = username
        self.reason = reason
    }
}
