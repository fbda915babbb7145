package import JSON

/// A way to find an informer's objects by something other than their key.
package struct InformerIndex: Sendable {
    /// What the index is asked by.
    package let name: String
    /// Under which values an object is found.
    let values: @Sendable (JSONValue) -> [String]

    /// An index under `name`; `values` is asked for each object that is kept, and must be quick.
    package init(_ name: String, values: @escaping @Sendable (JSONValue) -> [String]) {
        self.name = name
        self.values = values
    }

    /// Objects by their namespace.
    package static let namespace = InformerIndex("namespace") { object in object.namespace.map { [$0] } ?? [] }

    /// Objects by the uid of each of their owners.
    package static let owner = InformerIndex("owner") { object in
        (object[path: "metadata", "ownerReferences"]?.array ?? []).compactMap { $0["uid"]?.string }
    }
}
