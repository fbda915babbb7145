/// An expression that cannot be evaluated: it is wrong, or uses what the sandbox does not have.
package struct PromQLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Characters from the start of the expression, counted from 1; nil when it is about the values.
    package let column: Int?
    /// What is wrong.
    package let reason: String

    init(at offset: Int?, _ reason: String) {
        column = offset.map { $0 + 1 }
        self.reason = reason
    }

    /// `1:5: parse error: the function "topk" is not supported here`.
    package var description: String { column.map { "1:\($0): parse error: \(reason)" } ?? reason }
}
