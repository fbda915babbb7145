extension JSONValue {
    /// The value without the null members of its objects, which a decoder of fixed types does not keep; null elements of
    /// arrays stay.
    package var withoutNulls: JSONValue {
        switch self {
        case .object(let members):
            var kept = JSONObject()
            for member in members where !member.value.isNull { kept[member.key] = member.value.withoutNulls }
            return .object(kept)
        case .array(let elements): return .array(elements.map(\.withoutNulls))
        default: return self
        }
    }
}
