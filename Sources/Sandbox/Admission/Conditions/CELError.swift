/// Why an expression cannot be read or has no value.
struct CELError: Error, Hashable, CustomStringConvertible {
    /// `no such key: labels`.
    let description: String

    init(_ description: String) { self.description = description }
}
