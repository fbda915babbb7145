import JSON

extension ResourceType {
    /// What is done to one object, as errors name it: `patch httpproxies.projectcontour.io test/podinfo`, with a
    /// subresource `patch canaries.flagger.app/status test/podinfo`.
    package func operation(_ verb: String, _ key: ObjectKey, subresource: String? = nil) -> String {
        "\(verb) \(qualifiedPlural)\(subresource.map { "/\($0)" } ?? "") \(key)"
    }

    /// What is done to a collection, as errors name it: `list deployments.apps in test`, `watch deployments.apps`.
    package func operation(_ verb: String, namespace: String?) -> String {
        "\(verb) \(qualifiedPlural)\(namespace.map { " in \($0)" } ?? "")"
    }

    /// `object` with apiVersion and kind, which the items of lists of built-in kinds lack.
    func identified(_ object: JSONValue) -> JSONValue {
        guard object["kind"] == nil || object["apiVersion"] == nil else { return object }
        var identified: JSONValue = ["apiVersion": .string(apiVersion), "kind": .string(kind)]
        for member in object.object ?? JSONObject() { identified[member.key] = member.value }
        return identified
    }
}
