import FlaggerAPI
import JSON
import Kubernetes

/// The metadata of what the loop makes for a Canary.
enum CopyMetadata {
    /// The label of all that admission must see.
    static let managed = "canarygate.dev/managed"

    /// The metadata of a copy of `source` under the name `name`, which goes with `canary`; `extra` are labels of its own.
    static func make(
        _ name: String,
        of source: JSONValue,
        for canary: Canary,
        _ settings: CopySettings,
        labels extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        [
            "name": .string(name), "namespace": .string(canary.namespace),
            "labels": .object(labels(of: source, settings, and: extra)),
            "ownerReferences": [canary.ownerReference],
        ]
    }

    /// The labels of a copy of `source`.
    static func labels(of source: JSONValue, _ settings: CopySettings, and extra: [String: JSONValue]) -> JSONObject {
        var labels = JSONObject()
        for member in source[path: "metadata", "labels"]?.object ?? JSONObject()
        where settings.copies(label: member.key) {
            labels[member.key] = member.value
        }
        for (name, text) in extra { labels[name] = text }
        labels[managed] = "true"
        return labels
    }

    /// `copy` with what of the metadata of `source` has changed since; what others added to it is kept.
    static func refreshed(
        _ copy: JSONValue,
        from source: JSONValue,
        _ settings: CopySettings,
        labels extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        var copy = copy
        for member in labels(of: source, settings, and: extra) {
            copy[path: "metadata", "labels", member.key] = member.value
        }
        return copy
    }
}
