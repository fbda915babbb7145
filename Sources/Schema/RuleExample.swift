/// A wrong manifest and the right one beside it.
///
/// Each is YAML, documents separated by `---`. The first is the object that is judged; it holds only what matters and is
/// merged (JSON merge patch, so arrays are replaced and null removes) over a good manifest of its kind, which is the
/// kind of the rule's prefix where it names none. The others are objects that are in the cluster already, complete.
package struct RuleExample: Hashable, Sendable {
    /// What happens to the object.
    package enum Operation: String, Hashable, Sendable {
        /// It is made.
        case create = "CREATE"
        /// It is changed.
        case update = "UPDATE"
        /// It is removed.
        case delete = "DELETE"
    }

    /// Gives exactly one finding, the rule's.
    package let wrong: String
    /// Gives none.
    package let right: String
    /// The object as it was before, merged over the good manifest too; nil for a new one.
    package let stored: String?
    /// What happens to the object.
    package let operation: Operation

    /// A pair; with `stored` it is an update, without a creation, unless `operation` says otherwise.
    package init(wrong: String, right: String, stored: String? = nil, operation: Operation? = nil) {
        self.wrong = wrong
        self.right = right
        self.stored = stored
        self.operation = operation ?? (stored == nil ? .create : .update)
    }
}
