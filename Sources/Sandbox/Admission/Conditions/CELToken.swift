import JSON

/// One word of an expression.
enum CELToken: Hashable {
    case name(String)
    case number(JSONNumber)
    case text(String)
    case symbol(String)
    case end
}
