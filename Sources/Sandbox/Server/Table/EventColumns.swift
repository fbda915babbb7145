import JSON
import Kubernetes
import Platform

/// How events look in a table.
///
/// Source: Kubernetes `printEvent`.
enum EventColumns {
    static let columns: [TableColumn] = [
        TableColumn(name: "Last Seen") { event, now in
            let last = event.value(below: ["series", "lastObservedTime"])?.string ?? ""
            if !last.isEmpty { return .string(ShortAge.text(since: last, now: now)) }
            return .string(age(event, ["lastTimestamp", "firstTimestamp", "eventTime"], now))
        },
        .text("Type") { $0["type"]?.string ?? "" }, .text("Reason") { $0["reason"]?.string ?? "" },
        .text("Object") { event in
            let kind = event.value(below: ["involvedObject", "kind"])?.string?.lowercased() ?? ""
            let name = event.value(below: ["involvedObject", "name"])?.string ?? ""
            return name.isEmpty ? kind : "\(kind)/\(name)"
        },
        .text("Subobject", wide: true) { $0.value(below: ["involvedObject", "fieldPath"])?.string ?? "" },
        .text("Source", wide: true, source), .text("Message", message),
        TableColumn(name: "First Seen", priority: 1) { event, now in
            .string(age(event, ["firstTimestamp", "eventTime"], now))
        },
        TableColumn(name: "Count", type: "integer", priority: 1) { event, _ in
            let count = event["series"]?.object == nil ? event.count("count") : event.count("series", "count")
            return .number(JSONNumber(max(1, count)))
        },
        .text("Name", wide: true) { $0.name },
    ]

    private static func age(_ event: JSONValue, _ fields: [String], _ now: Timestamp) -> String {
        let found = fields.lazy.compactMap { event[$0]?.string }.first { !$0.isEmpty }
        return ShortAge.text(since: found, now: now)
    }

    private static let source: @Sendable (JSONValue) -> String = { event in
        let component = first(event, ["source", "component"], ["reportingComponent"])
        let instance = first(event, ["source", "host"], ["reportingInstance"])
        return instance.isEmpty ? component : "\(component), \(instance)"
    }

    /// The first text that is there and not empty.
    private static func first(_ event: JSONValue, _ paths: [String]...) -> String {
        paths.lazy.compactMap { event.value(below: $0)?.string }.first { !$0.isEmpty } ?? ""
    }

    private static let message: @Sendable (JSONValue) -> String = { event in
        var text = (event["message"]?.string ?? "")[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return String(text)
    }
}
