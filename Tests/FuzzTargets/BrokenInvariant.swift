/// Something that holds for all bytes did not hold for these.
package struct BrokenInvariant: Error, CustomStringConvertible {
    /// What should have been, and what was.
    package let description: String
}

/// Throws `BrokenInvariant` with `promise` unless `condition` holds.
func hold(_ condition: Bool, _ promise: @autoclosure () -> String) throws(BrokenInvariant) {
    if !condition { throw BrokenInvariant(description: promise()) }
}
