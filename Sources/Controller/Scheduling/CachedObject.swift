package import JSON

/// What informers know of an object.
package enum CachedObject: Hashable, Sendable {
    /// It was like this a moment ago.
    case found(JSONValue)
    /// It was not there a moment ago.
    case absent
    /// Nothing: its kind is not watched here, or its first list has not arrived.
    case unknown

    /// The object, where it was there.
    package var object: JSONValue? {
        guard case .found(let object) = self else { return nil }
        return object
    }
}
