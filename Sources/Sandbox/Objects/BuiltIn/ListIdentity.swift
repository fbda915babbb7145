/// What tells the elements of a list apart.
enum ListIdentity: Hashable, Sendable {
    /// Nothing: the list is one value.
    case atomic
    /// The elements themselves.
    case set
    /// These members of each element.
    case keys([String])
}
