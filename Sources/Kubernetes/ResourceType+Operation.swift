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
}
