import JSON
import YAML

/// YAML: what is read is written and read as the same, every mark names a node, and JSON reads as it does for JSON.
enum YAMLTarget {
    static func run(_ bytes: [UInt8]) throws {
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLParser.documents(in: bytes)
        } catch {
            let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
            try hold(lines.count == 3 && lines.last?.last == "^", "the fault is told in \(lines.count) lines: \(error)")
            return try hold(json(bytes) == nil, "refused, but it is JSON: \(error)")
        }
        if let value = json(bytes) {
            try hold(documents.map(\.value) == [value], "\(documents.map(\.value)), as JSON \(value)")
        }
        for document in documents {
            try hold(document.marks[JSONPointer([])] != nil, "the document itself has no mark")
            for (pointer, mark) in document.marks {
                try hold(document.value[pointer] != nil, "a mark at \(pointer), where nothing is")
                try hold(
                    mark.line >= 1 && mark.column >= 1,
                    "\(pointer) is in line \(mark.line), column \(mark.column)"
                )
            }
            let text = YAMLWriter.text(document.value)
            let again = try YAMLParser.documents(in: Array(text.utf8)).map(\.value)
            try hold(again == [document.value], "\(document.value) reads as \(again) once written: \(text)")
        }
    }

    /// The object or array that the bytes are by JSON's grammar; nil when they are none.
    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        let value = try? JSONValue(parsing: bytes)
        return value?.object == nil && value?.array == nil ? nil : value
    }
}
