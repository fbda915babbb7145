import JSON

/// Where a pod template differs from the one that it should be.
enum TemplateDifferences {
    /// So many are named; a person looks no further.
    private static let limit = 10

    /// The paths at which `held` differs from `wanted`: `spec.containers[0].env`; what is empty counts as missing.
    static func paths(in held: JSONValue, against wanted: JSONValue) -> [String] {
        var paths: [String] = []
        compare(held, wanted, "", &paths)
        guard paths.count > limit else { return paths }
        return paths.prefix(limit) + ["and \(paths.count - limit) more"]
    }

    private static func compare(_ held: JSONValue?, _ wanted: JSONValue?, _ path: String, _ paths: inout [String]) {
        let (held, wanted) = (filled(held), filled(wanted))
        guard held != wanted else { return }
        switch (held, wanted) {
        case (.object(let old)?, .object(let new)?):
            for key in (old.keys + new.keys.filter { old[$0] == nil }).sorted() {
                compare(old[key], new[key], path.isEmpty ? key : "\(path).\(key)", &paths)
            }
        case (.array(let old)?, .array(let new)?) where old.count == new.count:
            for index in old.indices { compare(old[index], new[index], "\(path)[\(index)]", &paths) }
        default: paths.append(path.isEmpty ? "template" : path)
        }
    }

    private static func filled(_ value: JSONValue?) -> JSONValue? {
        switch value {
        case .null?: nil
        case .object(let object)? where object.isEmpty: nil
        case .array(let elements)? where elements.isEmpty: nil
        default: value
        }
    }
}
