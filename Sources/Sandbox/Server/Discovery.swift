import HTTP
import HTTPTypes
import JSON
import Kubernetes

/// The documents by which a client learns what the server serves.
struct Discovery: Sendable {
    let kinds: [ServedKind]

    /// The Kubernetes version whose behaviour the server shows.
    static let version: JSONValue = [
        "major": "1", "minor": "32", "gitVersion": "v1.32.0+canarygate", "gitCommit": "", "gitTreeState": "clean",
        "buildDate": "2024-12-11T00:00:00Z", "goVersion": "none", "compiler": "swiftc", "platform": "linux/amd64",
    ]

    /// What anybody may read, known or not.
    static func openAnswer(_ path: Substring) -> ServerResponse? {
        switch path {
        case "/healthz", "/livez", "/readyz": .text("ok")
        case "/version", "/version/": .json(version)
        default: nil
        }
    }

    /// The answer at `path`; nil when there is none.
    func answer(_ path: Substring) -> ServerResponse? {
        let parts = path.split(separator: "/")
        switch (parts.first, parts.count) {
        case ("api", 1): return .json(["kind": "APIVersions", "versions": ["v1"]])
        case ("api", 2): return resources("", String(parts[1]))
        case ("apis", 1):
            let groups = groupNames.map { group($0) }
            return .json(["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups)])
        case ("apis", 2):
            guard groupNames.contains(String(parts[1])) else { return nil }
            var document: JSONValue = ["kind": "APIGroup", "apiVersion": "v1"]
            for member in group(String(parts[1])).object ?? JSONObject() { document[member.key] = member.value }
            return .json(document)
        case ("apis", 3): return resources(String(parts[1]), String(parts[2]))
        case ("openapi", 2) where parts[1] == "v3": return .json(documents.index)
        case ("openapi", 3...) where parts[1] == "v3":
            return documents.thirdVersion(at: parts.dropFirst(2).joined(separator: "/")).map { .json($0) }
        default: return nil
        }
    }

    /// The answer at `/openapi/v2`: JSON for who asks for it first, else protobuf.
    func secondVersion(accept: String?) -> ServerResponse {
        if accept?.hasPrefix("application/json") == true { return .json(documents.secondVersion) }
        return ServerResponse(
            status: .ok,
            contentType: OpenAPIDocuments.secondVersionType,
            body: .bytes(documents.secondVersionBytes)
        )
    }

    private var documents: OpenAPIDocuments { OpenAPIDocuments(kinds: kinds) }

    /// All types that discovery names: those of objects and those of reviews.
    private var types: [ResourceType] { kinds.map(\.shownType) + AccessReview.kinds }

    private var groupNames: [String] {
        var names: [String] = []
        for type in types where !type.group.isEmpty && !names.contains(type.group) { names.append(type.group) }
        return names
    }

    private func group(_ name: String) -> JSONValue {
        var versions: [JSONValue] = []
        for type in types where type.group == name {
            let version: JSONValue = ["groupVersion": .string(type.apiVersion), "version": .string(type.version)]
            if !versions.contains(version) { versions.append(version) }
        }
        return ["name": .string(name), "versions": .array(versions), "preferredVersion": versions.first ?? .null]
    }

    private func resources(_ group: String, _ version: String) -> ServerResponse? {
        let isWanted = { (type: ResourceType) in type.group == group && type.version == version }
        let objects = kinds.filter { isWanted($0.shownType) }.flatMap(Self.entries)
        let reviews = AccessReview.kinds.filter(isWanted).map { Self.entry($0, name: $0.plural, verbs: [.create]) }
        guard !(objects + reviews).isEmpty else { return nil }
        return .json([
            "kind": "APIResourceList", "apiVersion": "v1",
            "groupVersion": .string(group.isEmpty ? version : "\(group)/\(version)"),
            "resources": .array(objects + reviews),
        ])
    }

    private static func entries(_ kind: ServedKind) -> [JSONValue] {
        let type = kind.shownType
        var object = entry(type, name: type.plural, singular: kind.singular, verbs: kind.verbs)
        if !kind.shortNames.isEmpty { object["shortNames"] = .array(kind.shortNames.map(JSONValue.string)) }
        if !kind.categories.isEmpty { object["categories"] = .array(kind.categories.map(JSONValue.string)) }
        var entries = [object]
        let verbs: [APIVerb] = [.get, .patch, .update]
        if kind.hasScale {
            var scale = entry(type, name: "\(type.plural)/scale", verbs: verbs)
            scale["group"] = "autoscaling"
            scale["version"] = "v1"
            scale["kind"] = "Scale"
            entries.append(scale)
        }
        for action in kind.actions {
            var entry = entry(type, name: "\(type.plural)/\(action.rawValue)", verbs: [.create])
            entry["group"] = .string(action.body.group)
            entry["version"] = .string(action.body.version)
            entry["kind"] = .string(action.body.kind)
            entries.append(entry)
        }
        if kind.hasStatus { entries.append(entry(type, name: "\(type.plural)/status", verbs: verbs)) }
        return entries
    }

    private static func entry(
        _ type: ResourceType,
        name: String,
        singular: String = "",
        verbs: [APIVerb]
    ) -> JSONValue {
        [
            "name": .string(name), "singularName": .string(singular), "namespaced": .bool(type.isNamespaced),
            "kind": .string(type.kind), "verbs": .array(verbs.map { .string($0.rawValue) }),
        ]
    }
}
