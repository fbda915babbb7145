import JSON

/// A value of a pod template, be it in a request or in a tree.
protocol TemplateValue {
    /// The string; nil when this is none.
    var string: String? { get }
    /// Whether this is `null`.
    var isNull: Bool { get }
    /// The elements of an array; nil when this is none.
    var elements: [Self]? { get }
    /// The members of an object, in their order; nil when this is none.
    var fields: [TemplateField<Self>]? { get }

    /// The member `key` of an object; nil when there is none.
    func member(_ key: StaticString) -> Self?
    /// Whether both are the same value, whatever the order of members.
    func isEqual(to other: Self) -> Bool
}

/// A value that is known by a name: a member of an object, or a container of a list.
struct TemplateField<Value> {
    /// The name.
    let key: String
    /// The value.
    let value: Value
}

extension JSONCursor: TemplateValue {
    var fields: [TemplateField<JSONCursor>]? { members?.map { TemplateField(key: $0.key, value: $0.value) } }

    func member(_ key: StaticString) -> JSONCursor? { self[key] }
}

extension JSONValue: TemplateValue {
    var elements: [JSONValue]? { array }

    var fields: [TemplateField<JSONValue>]? { object?.members.map { TemplateField(key: $0.key, value: $0.value) } }

    func member(_ key: StaticString) -> JSONValue? { self["\(key)"] }

    func isEqual(to other: JSONValue) -> Bool { self == other }
}
