import JSON

/// The steps of a `FieldSet` that lead to the elements of a list.
enum FieldStep {
    /// The step to a member.
    static func member(_ key: String) -> String { "f:\(key)" }

    /// The step to `element` of a list whose elements are told apart by `identity`; nil where they are not.
    static func element(_ element: JSONValue, _ identity: ListIdentity) -> String? {
        switch identity {
        case .atomic: return nil
        case .set: return "v:\(element.text)"
        case .keys(let names):
            var key = JSONObject()
            for name in names.sorted() {
                guard let value = element[name] ?? defaults[name] else { continue }
                key[name] = value
            }
            return key.isEmpty ? nil : "k:\(JSONValue.object(key).text)"
        }
    }

    /// The elements of `list` by their steps, in order; nil where they are not told apart, or not all of them.
    static func elements(_ list: [JSONValue], _ identity: ListIdentity) -> [(step: String, element: JSONValue)]? {
        var elements: [(step: String, element: JSONValue)] = []
        for value in list {
            guard let step = element(value, identity) else { return nil }
            elements.append((step, value))
        }
        return elements
    }

    /// What a key is when an element does not say.
    private static let defaults: [String: JSONValue] = ["protocol": "TCP"]
}
