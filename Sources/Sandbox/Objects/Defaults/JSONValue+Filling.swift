import JSON

/// Completing objects.
extension JSONValue {
    /// Sets the member `key` where it is missing or null.
    mutating func fill(_ key: String, _ value: JSONValue) {
        guard self[key] ?? .null == .null else { return }
        self[key] = value
    }

    /// Changes the member `key` where it is an object.
    mutating func change(_ key: String, _ body: (inout JSONValue) -> Void) {
        guard var child = self[key], child.object != nil else { return }
        body(&child)
        self[key] = child
    }

    /// Changes each element of the member `key` that is an object.
    mutating func changeEach(_ key: String, _ body: (inout JSONValue) -> Void) {
        guard let elements = self[key]?.array else { return }
        let changed = elements.map { element -> JSONValue in
            guard element.object != nil else { return element }
            var element = element
            body(&element)
            return element
        }
        self[key] = .array(changed)
    }
}
