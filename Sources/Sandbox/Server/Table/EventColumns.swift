import JSON
import Kubernetes
import Platform

/// How events look in a table.
///
/// Source: Kubernetes `printEvent`.
enum EventColumns {
    static let columns: [TableColumn] = [
        TableColumn(name: "Last Seen") { event, now in
            .string(age(event, ["lastTimestamp", "eventTime", "firstTimestamp"], now))
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
            .number(JSONNumber(max(1, event.count("count"))))
        },
        .text("Name", wide: true) { $0.name },
    ]

    private static func age(_ event: JSONValue, _ fields: [String], _ now: Timestamp) -> String {
        let found = fields.lazy.compactMap { event[$0]?.string }.first { !$0.isEmpty }
        return ShortAge.text(since: found, now: now)
    }

    private static let source: @Sendable (JSONValue) -> String = { event in
        let component =
            event.value(below: ["source", "component"])?.string ?? event["reportingComponent"]?.string ?? ""
        let host = event.value(below: ["source", "host"])?.string ?? ""
        return host.isEmpty ? component : "\(component), \(host)"
    }

    private static let message: @Sendable (JSONValue) -> String = { event in
        var text = (event["message"]?.string ?? "")[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
