import JSON
import YAML

/// Where the fields of one document stand within its source.
///
/// Made only for documents that something is found in: for all of them it would take more memory than the documents.
struct DocumentMarks {
    private let marks: [JSONPointer: YAMLMark]
    private let text: DocumentText

    /// The places in the document number `document` of `text`, which could be parsed before.
    init(_ text: DocumentText, document: Int, of source: Source) {
        self.text = text
        do throws(YAMLError) {
            let documents = try text.documents(in: source)
            marks = documents.indices.contains(document) ? documents[document].marks : [:]
        } catch {
            // It was parsed to get here; were it not, every field would be at the document's beginning.
            marks = [:]
        }
    }

    /// Where the field at `path` of the object at `pointer` stands; where it is missing, the nearest one around it.
    func place(of path: String, in object: JSONValue, at pointer: JSONPointer) -> YAMLMark {
        var way = JSONPointer(pointer.tokens + FieldPlace.tokens(of: path, in: object))
        while marks[way] == nil, way.tokens.count > pointer.tokens.count { way.tokens.removeLast() }
        return marks[way].map(text.mark) ?? text.start
    }
}
