import JSON

/// Where in an object a strategic merge is at work, which decides how a list is merged.
struct MergePlace {
    /// How a list is merged.
    enum ListMerge: Equatable {
        /// Element by element, told apart by this member.
        case byKey(String)
        /// As a set of strings.
        case asSet
        /// Not at all: the new list replaces the old.
        case replacing
    }

    /// The member names from the outside in; elements of lists have none.
    let path: [String]

    /// The place of the member `key`.
    func child(_ key: String) -> MergePlace { MergePlace(path: path + [key]) }

    /// How the list here is merged, by the `patchMergeKey` of the built-in kinds.
    var listMerge: ListMerge {
        guard let field = path.last else { return .replacing }
        if field == "finalizers" { return .asSet }
        if field == "ports" {
            let isContainer = path.dropLast().last.map { $0.lowercased().hasSuffix("containers") } ?? false
            return isContainer ? .byKey("containerPort") : path == ["spec", "ports"] ? .byKey("port") : .replacing
        }
        return Self.keys[field].map(ListMerge.byKey) ?? .replacing
    }

    private static let keys = [
        "containers": "name", "initContainers": "name", "ephemeralContainers": "name", "env": "name",
        "volumes": "name", "imagePullSecrets": "name", "schedulingGates": "name", "resourceClaims": "name",
        "secrets": "name", "webhooks": "name", "matchConditions": "name", "volumeMounts": "mountPath",
        "volumeDevices": "devicePath", "hostAliases": "ip", "podIPs": "ip", "hostIPs": "ip",
        "topologySpreadConstraints": "topologyKey", "conditions": "type", "ownerReferences": "uid",
    ]

    /// A patch that is wrong here.
    func failure(_ reason: String) -> JSONPatch.Failure {
        let place = path.isEmpty ? "" : " at \(path.joined(separator: "."))"
        return JSONPatch.Failure(description: "apply strategic merge patch\(place): \(reason)")
    }
}
