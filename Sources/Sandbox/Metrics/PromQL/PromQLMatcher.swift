/// A condition on one label; a label that is missing counts as empty.
struct PromQLMatcher {
    private enum Test {
        case equal(String)
        case matches(Regex<AnyRegexOutput>)
    }

    /// The label.
    let label: String
    private let test: Test
    private let isNegated: Bool

    /// The condition `label operation value`; `operation` is one of `=`, `!=`, `=~`, `!~`.
    ///
    /// - Throws: the regular expression's fault.
    init(_ label: String, _ operation: String, _ value: String) throws {
        self.label = label
        isNegated = operation.hasPrefix("!")
        test = operation.hasSuffix("~") ? .matches(try Regex(value).dotMatchesNewlines()) : .equal(value)
    }

    /// Whether the label's value meets the condition; a regular expression must fit all of it.
    func accepts(_ value: String) -> Bool {
        let isMet =
            switch test {
            case .equal(let text): value == text
            case .matches(let pattern): value.wholeMatch(of: pattern) != nil
            }
        return isMet != isNegated
    }
}
