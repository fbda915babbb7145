import JSON

/// Fields as Contour reads them: what is missing, null and empty is the same to it.
extension JSONValue {
    /// The string member `key`; nil when it is missing or empty, which Contour does not tell apart.
    func filled(_ key: String) -> String? {
        guard let text = self[key]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The string member `key`, empty when it is missing; nil when it is of another type, which the schema tells.
    func text(_ key: String) -> String? {
        guard let value = self[key], !value.isNull else { return "" }
        return value.string
    }

    /// The whole number of the member `key`, 0 when it is missing; nil when it is of another type, which the schema
    /// tells.
    func whole(_ key: String) -> Int? {
        guard let value = self[key], !value.isNull else { return 0 }
        return value.int
    }

    /// The elements of the array member `key`; none when it is missing.
    func list(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }

    /// Whether the boolean member `key` is true.
    func flag(_ key: String) -> Bool { self[key]?.bool ?? false }

    /// Whether the member `key` is there and not null.
    func has(_ key: String) -> Bool {
        guard let value = self[key] else { return false }
        return !value.isNull
    }
}
