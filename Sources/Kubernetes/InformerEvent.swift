package import JSON

/// A change that an informer saw, in order for each object.
package enum InformerEvent: Hashable, Sendable {
    /// The object appeared.
    case added(JSONValue)
    /// It changed.
    case updated(old: JSONValue, new: JSONValue)
    /// It is gone; its last known state.
    case deleted(JSONValue)
}
