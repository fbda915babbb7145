import HTTPTypes
import JSON

extension KubernetesClient {
    /// The versions of `group`, the one that the server prefers first; empty when the server does not know the group.
    ///
    /// - Throws: `KubernetesError`.
    package func versions(of group: String) async throws(KubernetesError) -> [String] {
        let path = group.isEmpty ? "/api" : "/apis/\(group)"
        guard let answer = try await found(.raw(.get, path)) else { return [] }
        let listed = (answer["versions"]?.array ?? []).compactMap { $0.string ?? $0["version"]?.string }
        guard let preferred = answer[path: "preferredVersion", "version"]?.string else { return listed }
        return [preferred] + listed.filter { $0 != preferred }
    }

    /// The kinds of `group` in `version`, by plural; nil when the server does not serve that version.
    ///
    /// - Throws: `KubernetesError`.
    package func resources(
        of group: String,
        version: String
    ) async throws(KubernetesError) -> [DiscoveredResource]? {
        let path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        guard let answer = try await found(.raw(.get, path)) else { return nil }
        let listed = answer["resources"]?.array ?? []
        var subresources: [String: Set<String>] = [:]
        for resource in listed {
            let parts = (resource["name"]?.string ?? "").split(separator: "/", maxSplits: 1)
            if parts.count == 2 { subresources[String(parts[0]), default: []].insert(String(parts[1])) }
        }
        return listed.compactMap { resource in
            guard let name = resource["name"]?.string, !name.contains("/"), let kind = resource["kind"]?.string else {
                return nil
            }
            return DiscoveredResource(
                type: ResourceType(
                    group: group,
                    version: version,
                    plural: name,
                    kind: kind,
                    isNamespaced: resource["namespaced"]?.bool ?? false
                ),
                verbs: Set((resource["verbs"]?.array ?? []).compactMap(\.string)),
                subresources: subresources[name] ?? []
            )
        }
        .sorted { $0.type.plural < $1.type.plural }
    }

    /// Whether the server serves `type` in its version.
    ///
    /// - Throws: `KubernetesError`.
    package func serves(_ type: ResourceType) async throws(KubernetesError) -> Bool {
        let resources = try await resources(of: type.group, version: type.version) ?? []
        return resources.contains { $0.type.plural == type.plural }
    }

    /// The first of `candidates`, such as one kind in several versions, that the server serves; nil when it serves none.
    ///
    /// - Throws: `KubernetesError`.
    package func firstServed(of candidates: [ResourceType]) async throws(KubernetesError) -> ResourceType? {
        for candidate in candidates where try await serves(candidate) { return candidate }
        return nil
    }

    /// The server's version, for example `v1.36.1`.
    ///
    /// - Throws: `KubernetesError`.
    package func serverVersion() async throws(KubernetesError) -> String {
        try await answer(to: .raw(.get, "/version"))["gitVersion"]?.string ?? ""
    }

    /// The answer to `request`; nil when there is nothing at its path.
    private func found(_ request: KubernetesRequest) async throws(KubernetesError) -> JSONValue? {
        do throws(KubernetesError) {
            return try await answer(to: request)
        } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
    }
}
