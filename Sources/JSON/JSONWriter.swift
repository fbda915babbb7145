// CONTRACT: implemented in the JSON work; the signatures below are what other modules build on.

extension JSONValue {
    /// The value as JSON text without white space, keys in their order. `/` is not escaped; control characters are.
    package var serialized: [UInt8] { fatalError("contract") }

    /// The value as JSON text without white space.
    package var text: String { String(decoding: serialized, as: UTF8.self) }

    /// The value as JSON text on several lines, two spaces a level.
    package var prettyText: String { fatalError("contract") }

    /// The value as JSON text with the keys of every object sorted by their bytes and null members left out: the form
    /// that is hashed, equal for objects that mean the same to Kubernetes.
    package var canonical: [UInt8] { fatalError("contract") }
}
