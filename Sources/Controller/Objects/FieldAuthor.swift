import JSON
import Kubernetes
import Platform

/// Who wrote a field of an object last, as far as its managed fields tell.
struct FieldAuthor: Hashable {
    /// The manager, `kubectl-set`; empty when nobody has the field.
    let name: String
    /// When; nil when nobody has it.
    let time: Timestamp?

    /// The author of the field at `path` of `object`, or of a field within it.
    init(of object: JSONValue, _ path: [String]) {
        var (name, time): (String, Timestamp?) = ("", nil)
        for entry in object[path: "metadata", "managedFields"]?.array ?? [] {
            guard entry["subresource"]?.string ?? "" == "", Self.has(entry["fieldsV1"], path),
                let moment = entry["time"]?.string.flatMap({ Timestamp(rfc3339: $0) })
            else { continue }
            if let time, moment < time { continue }
            name = entry["manager"]?.string ?? ""
            time = moment
        }
        self.name = OneLine.cut(name, to: 128)
        self.time = time
    }

    private static func has(_ fields: JSONValue?, _ path: [String]) -> Bool {
        var fields = fields
        for step in path { fields = fields?["f:\(step)"] }
        return fields != nil
    }
}
