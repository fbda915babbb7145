import JSON
import Kubernetes

/// An object of a known kind that stands in a source.
struct Manifest: Sendable {
    /// Which of the sources.
    let source: Int
    /// Where its document stands there.
    let text: DocumentText
    /// Which of the documents in that text.
    let document: Int
    /// The way from the document to the object: nothing, or `items` and a number within a list.
    let pointer: JSONPointer
    /// Its kind.
    let type: ResourceType
    /// The object, with the namespace that it gets where it has none.
    let object: JSONValue
}
