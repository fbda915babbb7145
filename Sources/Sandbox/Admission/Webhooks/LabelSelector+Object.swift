import JSON
import Kubernetes

extension LabelSelector {
    /// Reads a selector as objects carry it, with `matchLabels` and `matchExpressions`; nil when it is none.
    ///
    /// An empty one selects everything.
    init?(object: JSONValue) {
        var parts: [String] = []
        for member in object["matchLabels"]?.object ?? JSONObject() {
            parts.append("\(member.key)=\(member.value.string ?? "")")
        }
        for expression in object["matchExpressions"]?.array ?? [] {
            guard let key = expression["key"]?.string else { return nil }
            let values = (expression["values"]?.array ?? []).compactMap(\.string).joined(separator: ",")
            switch expression["operator"] {
            case "In"?: parts.append("\(key) in (\(values))")
            case "NotIn"?: parts.append("\(key) notin (\(values))")
            case "Exists"?: parts.append(key)
            case "DoesNotExist"?: parts.append("!\(key)")
            default: return nil
            }
        }
        self.init(parts.joined(separator: ","))
    }
}

extension JSONValue {
    /// `metadata.labels`.
    var labels: [String: String] {
        var labels: [String: String] = [:]
        for member in self[path: "metadata", "labels"]?.object ?? JSONObject() {
            labels[member.key] = member.value.string
        }
        return labels
    }
}
