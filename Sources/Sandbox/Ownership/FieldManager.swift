/// Who writes, as `managedFields` tells managers apart.
struct FieldManager: Hashable, Sendable {
    /// `kubectl-client-side-apply`.
    let name: String
    /// Whether it applies, rather than updates.
    let isApplier: Bool
    /// The version in which it wrote.
    let apiVersion: String
    /// `status`, `scale`; empty for the object itself.
    let subresource: String

    /// As conflicts name it: `"kubectl-edit" using apps/v1`, or `"m2"` for one that applies.
    var text: String {
        if isApplier { return "\"\(name)\"" }
        let place = subresource.isEmpty ? "" : " with subresource \"\(subresource)\""
        return "\"\(name)\"\(place) using \(apiVersion)"
    }

    /// Whether `other` is the same manager: those that apply are it in all versions.
    func isSame(as other: FieldManager) -> Bool {
        name == other.name && isApplier == other.isApplier && subresource == other.subresource
            && (isApplier || apiVersion == other.apiVersion)
    }
}
