/// An object in the Canary's namespace that the Canary names.
package struct CanaryReference: Hashable, Sendable {
    /// For example `apps/v1`; empty when it was not given.
    package let apiVersion: String
    /// For example `Deployment`.
    package let kind: String
    /// The name.
    package let name: String

    init(_ field: CanaryField) throws(CanaryParseError) {
        apiVersion = try field["apiVersion"].text() ?? ""
        kind = try field["kind"].requiredText()
        name = try field["name"].requiredText()
    }
}
