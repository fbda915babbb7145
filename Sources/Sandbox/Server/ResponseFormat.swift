import Kubernetes

/// The form of an answer that a client's `Accept` asks for.
enum ResponseFormat: Hashable, Sendable {
    /// The objects themselves.
    case objects
    /// A Table of `meta.k8s.io` in this version.
    case table(version: String)
    /// The objects' metadata alone, of `meta.k8s.io` in this version.
    case metadata(version: String)

    /// The first form among those in `accept` that the server has; the objects for a client that does not say.
    ///
    /// - Throws: the 406 of a client that takes none of them.
    init(accept: String?) throws(KubernetesError) {
        guard let accept, !accept.isEmpty else {
            self = .objects
            return
        }
        for range in accept.split(separator: ",") {
            guard let format = Self.format(range) else { continue }
            self = format
            return
        }
        throw .refusal(
            406,
            "NotAcceptable",
            "only the following media types are accepted: application/json"
        )
    }

    private static func format(_ range: Substring) -> ResponseFormat? {
        let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
        guard let type = parts.first?.lowercased(), ["application/json", "application/*", "*/*"].contains(type) else {
            return nil
        }
        let parameter = { (name: String) in
            parts.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
        guard let form = parameter("as") else { return .objects }
        guard parameter("g") == "meta.k8s.io", let version = parameter("v"), ["v1", "v1beta1"].contains(version) else {
            return nil
        }
        switch form {
        case "Table": return .table(version: version)
        case "PartialObjectMetadata", "PartialObjectMetadataList": return .metadata(version: version)
        default: return nil
        }
    }
}
