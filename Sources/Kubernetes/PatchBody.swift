package import JSON

/// A change in any of the forms that the API server takes.
package enum PatchBody: Hashable, Sendable {
    /// RFC 6902.
    case json(JSONPatch)
    /// RFC 7386.
    case merge(JSONValue)
    /// Kubernetes' own, for built-in kinds: lists are merged by their keys.
    case strategic(JSONValue)
    /// Server-side apply: the fields that its manager wants to own, with apiVersion and kind; makes the object where it
    /// is missing.
    case apply(JSONValue)

    /// The same change.
    package init(_ patch: Patch) {
        switch patch {
        case .json(let changes): self = .json(changes)
        case .merge(let changes): self = .merge(changes)
        }
    }

    /// The body's media type.
    package var contentType: String {
        switch self {
        case .json: "application/json-patch+json"
        case .merge: "application/merge-patch+json"
        case .strategic: "application/strategic-merge-patch+json"
        case .apply: "application/apply-patch+yaml"
        }
    }

    /// The body.
    package var value: JSONValue {
        switch self {
        case .json(let changes): changes.value
        case .merge(let changes), .strategic(let changes), .apply(let changes): changes
        }
    }

    /// Whether it is a server-side apply.
    var isApply: Bool {
        guard case .apply = self else { return false }
        return true
    }
}
