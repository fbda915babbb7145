import JSON

extension ReplayedEntry {
    /// The entry for tools.
    var json: JSONValue {
        var json: JSONValue = [:]
        switch entry.place {
        case .line(let number, let file):
            json["file"] = .string(file)
            json["line"] = .number(JSONNumber(number))
        case .tick(let index, _):
            json["tick"] = .number(JSONNumber(index))
        }
        json["namespace"] = .string(entry.namespace)
        json["name"] = .string(entry.name)
        json["time"] = entry.value["time"] ?? .null
        json["agrees"] = .bool(agrees)
        json["written"] = entry.value["did"] ?? .null
        json["decided"] = decided
        json["differences"] = .array(differences.map(\.json))
        return json
    }
}
