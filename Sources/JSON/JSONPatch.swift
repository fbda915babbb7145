// CONTRACT: implemented in the JSON work; the signatures below are what other modules build on.

/// A list of changes to a JSON value. Source: RFC 6902.
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
        package let description: String
    }

    /// The changes in the order in which they are made.
    package var operations: [Operation]

    /// These changes.
    package init(_ operations: [Operation] = []) { self.operations = operations }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { operations.isEmpty }

    /// Reads an RFC 6902 array.
    ///
    /// - Throws: `Failure` naming the operation that is none.
    package init(_ value: JSONValue) throws(Failure) { fatalError("contract") }

    /// The RFC 6902 array.
    package var value: JSONValue { fatalError("contract") }

    /// `value` after all changes; all or none are made.
    ///
    /// - Throws: `Failure` naming the first operation that cannot be made.
    package func applied(to value: JSONValue) throws(Failure) -> JSONValue { fatalError("contract") }

    /// The changes that make `new` of `old`: member by member in objects, element by element in arrays, values that
    /// are equal left alone; a missing map is added whole. Applied to `old` it gives `new`.
    package static func difference(from old: JSONValue, to new: JSONValue) -> JSONPatch { fatalError("contract") }
}

extension JSONValue {
    /// The value after an RFC 7386 merge patch: members of `patch` replace or merge, null removes.
    package func merging(_ patch: JSONValue) -> JSONValue { fatalError("contract") }
}
