/// What of a value does not count for its content hash, and what counts in one spelling for many, by its place in the value.
///
/// Null members count nowhere, as in any content hash; empty arrays do not in the objects at which a rule stands, or further
/// out than one. The rules are laid out flat, so that what a document holds is hashed in one pass and without a tree of it.
package final class ContentFilter: Sendable {
    /// What about the value at a place.
    package enum Treatment: Sendable {
        /// Left out where it is one of these scalars.
        case leftOut([JSONValue])
        /// Left out where it is an object of which nothing counts.
        case leftOutEmpty
        /// Left out where the function says so of the value and of the member of this name beside it.
        case leftOutBeside(String, Condition)
        /// Members of these names, or whose names begin with these prefixes, are left out.
        case without(keys: [String], prefixes: [String])
        /// Counts as what the function makes of it, where it is a number or a string.
        case spelled(Spelling)
        /// Each member counts so.
        case membersSpelled(Spelling)
    }

    /// Whether `value` is left out, as `beside` stands beside it.
    package typealias Condition = @Sendable (_ value: JSONValue, _ beside: JSONValue) -> Bool

    /// The one spelling of a number or a string.
    package typealias Spelling = @Sendable (JSONValue) -> JSONValue

    let layout: ContentLayout

    /// A filter by `rules`, each with the names of members from the outside in, `[]` for any element of an array.
    ///
    /// An element can't be left out, as the others would move up.
    package init(_ rules: [(steps: [String], treatment: Treatment)]) {
        var draft = ContentLayout.Draft()
        for rule in rules { draft.insert(rule.treatment, at: rule.steps[...]) }
        var layout = ContentLayout()
        _ = layout.add(draft)
        self.layout = layout
    }
}
