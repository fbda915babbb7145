package import JSON

/// A pure function that gives the objects of one kind in its other versions, as webhooks are: it calls nothing and
/// gives the same answer to the same question.
package protocol VersionConverter: Sendable {
    /// The path that the CustomResourceDefinition names: `/convert/canaries`.
    var path: String { get }

    /// The versions that it knows, with their group: by these its calls are counted.
    var apiVersions: [String] { get }

    /// `object` in `apiVersion`.
    ///
    /// Of `metadata` only labels and annotations may differ: the API server takes no more. What is converted there and
    /// back is equal to what it was.
    ///
    /// - Throws: `ConversionRefusal` for an object that cannot be converted; anything else is a fault of this program.
    func converted(_ object: JSONValue, to apiVersion: String) throws -> JSONValue
}
