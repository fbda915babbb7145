import JSON
import Kubernetes
import Platform

/// One column of a Table.
struct TableColumn: Sendable {
    /// The heading, `Up-to-date`; clients print it in capitals.
    let name: String
    /// `string`, `integer`, `date`.
    var type = "string"
    /// 1 for what only `-o wide` shows.
    var priority = 0
    /// The text or number for an object at a time.
    let cell: @Sendable (JSONValue, Timestamp) -> JSONValue

    /// The column as a Table declares it.
    var definition: JSONValue {
        [
            "name": .string(name), "type": .string(type), "format": .string(name == "Name" ? "name" : ""),
            "description": "", "priority": .number(JSONNumber(priority)),
        ]
    }

    /// A text made of the object alone.
    static func text(
        _ name: String,
        wide: Bool = false,
        _ text: @escaping @Sendable (JSONValue) -> String
    ) -> TableColumn {
        TableColumn(name: name, priority: wide ? 1 : 0) { object, _ in .string(text(object)) }
    }

    /// A whole number found at `path`, or 0.
    static func number(_ name: String, wide: Bool = false, _ path: String...) -> TableColumn {
        TableColumn(name: name, type: "integer", priority: wide ? 1 : 0) { object, _ in
            .number(JSONNumber(object.value(below: path)?.int ?? 0))
        }
    }

    /// The object's name.
    static let name = text("Name") { $0.name }

    /// How long ago it was created.
    static let age = TableColumn(name: "Age") { object, now in
        .string(ShortAge.text(since: object[path: "metadata", "creationTimestamp"]?.string, now: now))
    }

    /// When it was created.
    static let createdAt = text("Created At") { $0[path: "metadata", "creationTimestamp"]?.string ?? "<unknown>" }
}

extension JSONValue {
    /// The value below member names.
    func value(below path: [String]) -> JSONValue? { path.reduce(self as JSONValue?) { $0?[$1] } }

    /// The number below member names, or 0.
    func count(_ path: String...) -> Int { value(below: path)?.tally ?? 0 }

    /// The text below member names, or `<none>`.
    func textOrNone(_ path: String...) -> String {
        let text = value(below: path)?.string ?? ""
        return text.isEmpty ? "<none>" : text
    }
}
