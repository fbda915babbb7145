import JSON

/// An expression of the Common Expression Language, as far as conditions of webhooks use it.
///
/// Source: the CEL specification. Numbers are whole or not; unsigned ones, bytes, timestamps and durations are left out.
indirect enum CELExpression: Hashable, Sendable {
    case literal(JSONValue)
    /// A variable.
    case name(String)
    /// `object.metadata`.
    case member(CELExpression, String)
    /// `labels['app']`.
    case index(CELExpression, CELExpression)
    /// `size(x)`, or `x.size()`; the macros `has`, `all`, `exists`, `exists_one`, `filter` and `map` too.
    case call(String, on: CELExpression?, [CELExpression])
    case not(CELExpression)
    case negative(CELExpression)
    case binary(String, CELExpression, CELExpression)
    /// `condition ? yes : no`.
    case conditional(CELExpression, CELExpression, CELExpression)
    case list([CELExpression])
    case map([CELExpression], [CELExpression])

    /// The type of its value, where that can be told without evaluating it: `bool`, `int`, `string`.
    var type: String? {
        switch self {
        case .literal(.bool), .not: return "bool"
        case .literal(.string): return "string"
        case .literal(.number(let number)): return number.int == nil ? "double" : "int"
        case .literal(.null): return "null_type"
        case .list: return "list"
        case .map: return "map"
        case .binary(let operation, let left, _):
            return ["+", "-", "*", "/", "%"].contains(operation) ? left.type : "bool"
        case .conditional(_, let yes, let no): return yes.type == no.type ? yes.type : nil
        case .call(let name, _, _):
            if name == "size" { return "int" }
            let judgements = ["all", "contains", "endsWith", "exists", "exists_one", "has", "matches", "startsWith"]
            return judgements.contains(name) ? "bool" : nil
        case .literal, .name, .member, .index, .negative: return nil
        }
    }
}
