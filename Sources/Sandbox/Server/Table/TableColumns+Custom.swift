import JSON
import Kubernetes
import Platform

extension TableColumns {
    /// The name and what the definition adds, or name and age where it adds nothing.
    static func custom(_ kind: ServedKind) -> [TableColumn] {
        let added = kind.printerColumns.compactMap(column)
        return added.isEmpty ? [.name, .age] : [.name] + added
    }

    /// The column that `declared` describes; nil when its path cannot be read.
    private static func column(_ declared: JSONValue) -> TableColumn? {
        guard let name = declared["name"]?.string, let text = declared["jsonPath"]?.string,
            let path = PrinterPath(text)
        else { return nil }
        let type = declared["type"]?.string ?? "string"
        let priority = declared["priority"]?.int ?? 0
        return TableColumn(name: name, type: type, priority: priority) { object, now in
            cell(path.values(in: object), type: type, now: now)
        }
    }

    private static func cell(_ values: [JSONValue], type: String, now: Timestamp) -> JSONValue {
        guard let first = values.first else { return .null }
        switch type {
        case "integer": return first.int.map { .number(JSONNumber($0)) } ?? .null
        case "number": return first.number.map(JSONValue.number) ?? .null
        case "boolean": return first.bool.map(JSONValue.bool) ?? .null
        case "date": return first.string.map { .string(ShortAge.text(since: $0, now: now)) } ?? .null
        default: return .string(values.map { $0.string ?? $0.text }.joined(separator: " "))
        }
    }
}
