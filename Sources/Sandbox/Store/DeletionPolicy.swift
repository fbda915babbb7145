/// What becomes of what a deleted object owns.
enum DeletionPolicy: Hashable, Sendable {
    /// It goes after the object.
    case background
    /// It goes before the object, which waits for it.
    case foreground
    /// It stays, and belongs to nobody.
    case orphan
}
