package import JSON

/// What may be kept of a Secret: whose it is, its type, and the names of its keys.
package enum SecretKeys {
    /// `secret` with an empty text in place of each value, and without annotations and labels, of which
    /// `kubectl.kubernetes.io/last-applied-configuration` holds the values once more.
    package static func of(_ secret: JSONValue) -> JSONValue {
        var kept: JSONValue = ["apiVersion": "v1", "kind": "Secret"]
        var metadata = JSONObject()
        for name in ["name", "namespace", "uid", "resourceVersion", "deletionTimestamp", "ownerReferences"] {
            metadata[name] = secret[path: "metadata", name]
        }
        kept["metadata"] = .object(metadata)
        kept["type"] = secret["type"]
        var data = JSONObject()
        for part in ["data", "stringData"] {
            for key in secret[part]?.object?.keys ?? [] { data[key] = "" }
        }
        kept["data"] = .object(data)
        return kept
    }
}
