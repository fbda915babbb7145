/// Whether the API server knows a kind.
package enum KindAvailability: String, Hashable, Sendable {
    /// It was not yet asked, or gave no answer.
    case unknown
    /// It serves the kind.
    case served
    /// It answered 404: the CustomResourceDefinition or the version is not installed.
    case missing
}
