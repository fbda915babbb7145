/// The way to a value within an object, as kubectl writes it and as a JSON pointer.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    /// Member names and indexes from the outside in, as a JSON pointer has them.
    package let tokens: [String]
    /// `spec.analysis.metrics[0].name`; a name that is no identifier stands in brackets.
    package let description: String

    /// The object itself.
    package static let root = FieldPath(tokens: [], description: "")

    private init(tokens: [String], description: String) {
        self.tokens = tokens
        self.description = description
    }

    /// The way through the member names `names`.
    package init(_ names: String...) { self = names.reduce(.root) { $0.member($1) } }

    /// The member `name` of the value here.
    package func member(_ name: String) -> FieldPath {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/") }
        let text = isPlain ? (description.isEmpty ? name : "\(description).\(name)") : "\(description)[\(name)]"
        return FieldPath(tokens: tokens + [name], description: text)
    }

    /// The element at `index` of the array here.
    package func element(_ index: Int) -> FieldPath {
        FieldPath(tokens: tokens + [String(index)], description: "\(description)[\(index)]")
    }
}
