/// A JSON value that is made or changed: key order kept, numbers kept as they were written.
///
/// What is only read goes through `JSONDocument` and `JSONCursor`, which make no tree. Source: RFC 8259.
package enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as its text.
    case number(JSONNumber)
    /// A string, unescaped.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; keys in their order.
    case object(JSONObject)
}

extension JSONValue {
    /// The object, or nil when the value is no object.
    package var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// The elements, or nil when the value is no array.
    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The string, or nil when the value is no string.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, or nil when the value is no number.
    package var number: JSONNumber? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// The integer, or nil when the value is no number or not a whole one within 64 bits (`2.0` is 2).
    package var int: Int? { number?.int }

    /// The number as a double, or nil when the value is no number.
    package var double: Double? { number?.double }

    /// The boolean, or nil when the value is none.
    package var bool: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// Whether the value is `null`.
    package var isNull: Bool { self == .null }

    /// The field's name for a message: `null`, `boolean`, `number`, `string`, `array` or `object`.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The member `key` of an object; nil when the value is no object or has no such member.
    ///
    /// Setting makes an object of a value that is none; setting nil removes the member.
    package subscript(key: String) -> JSONValue? {
        get { object?[key] }
        set {
            var members = object ?? JSONObject()
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The member `key` of the member `parent` of an object; nil where one of them is missing.
    package subscript(parent: String, key: String) -> JSONValue? { object?[parent, key] }

    /// The element at `index` of an array; nil when the value is no array or too short.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value below the member names `path`, from the outside in; nil where one is missing.
    ///
    /// Setting makes the objects on the way; setting nil removes the last member and leaves the rest.
    package subscript(path path: String...) -> JSONValue? {
        get { value(at: path[...]) }
        set { set(newValue, at: path[...]) }
    }

    private func value(at path: ArraySlice<String>) -> JSONValue? {
        guard let key = path.first else { return self }
        return self[key]?.value(at: path.dropFirst())
    }

    private mutating func set(_ value: JSONValue?, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value ?? .null
            return
        }
        guard path.count > 1 else {
            if value != nil || self[key] != nil { self[key] = value }
            return
        }
        guard value != nil || self[key]?.object != nil else { return }
        var child = self[key] ?? .object(JSONObject())
        // Taken out while it is changed: a value that is held twice would be copied.
        self[key] = .null
        child.set(value, at: path.dropFirst())
        self[key] = child
    }
}

extension JSONValue {
    /// Values are equal when they are written the same but for space, escapes and the order of keys.
    ///
    /// Strings are compared by their bytes, numbers by their text.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let first), .bool(let second)): first == second
        case (.number(let first), .number(let second)): first == second
        case (.string(let first), .string(let second)): sameText(first, second)
        case (.array(let first), .array(let second)): first == second
        case (.object(let first), .object(let second)): first == second
        default: false
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A string.
    package init(stringLiteral text: String) { self = .string(text) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// A whole number.
    package init(integerLiteral number: Int) { self = .number(JSONNumber(number)) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// A number; it must be finite.
    package init(floatLiteral number: Double) { self = .number(JSONNumber(number)) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// A boolean.
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// An array.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object; a key must not stand twice.
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in members {
            precondition(object[key] == nil, "the key \(key) stands twice in a literal")
            object[key] = value
        }
        self = .object(object)
    }
}
