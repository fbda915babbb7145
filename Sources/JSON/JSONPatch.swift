/// A list of changes to a JSON value.
///
/// Source: RFC 6902.
package struct JSONPatch: Hashable, Sendable {
    /// One change.
    package enum Operation: Hashable, Sendable {
        /// Adds a member or inserts an element; `-` as an index appends.
        case add(JSONPointer, JSONValue)
        /// Removes what must be there.
        case remove(JSONPointer)
        /// Replaces what must be there.
        case replace(JSONPointer, JSONValue)
        /// Moves a value.
        case move(from: JSONPointer, to: JSONPointer)
        /// Copies a value.
        case copy(from: JSONPointer, to: JSONPointer)
        /// Fails the whole patch unless the value there equals this one.
        case test(JSONPointer, JSONValue)
    }

    /// A patch that could not be read or applied.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// `apply JSON patch operation 2 (remove /a/b): nothing is there`.
        ///
        /// Operations are counted from 0, as the elements of the patch.
        package let description: String

        /// A failure that is told as `description`.
        package init(description: String) { self.description = description }
    }

    /// The changes in the order in which they are made.
    package var operations: [Operation]

    /// These changes.
    package init(_ operations: [Operation] = []) { self.operations = operations }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { operations.isEmpty }
}

extension JSONPatch.Operation: CustomStringConvertible {
    /// `remove /a/b`, `move /a to /b`: what is done where, without values.
    package var description: String {
        switch self {
        case .add(let path, _): "add \(path.shown)"
        case .remove(let path): "remove \(path.shown)"
        case .replace(let path, _): "replace \(path.shown)"
        case .move(let from, let path): "move \(from.shown) to \(path.shown)"
        case .copy(let from, let path): "copy \(from.shown) to \(path.shown)"
        case .test(let path, _): "test \(path.shown)"
        }
    }
}
