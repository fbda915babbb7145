package import JSON

/// Kubernetes' strategic merge patch.
package enum StrategicMerge {
    /// `object` after `patch`.
    ///
    /// - Throws: `JSONPatch.Failure` when a directive or a merge key is wrong.
    package static func applying(_ patch: JSONValue, to object: JSONValue) throws(JSONPatch.Failure) -> JSONValue {
        object.merging(patch)
    }
}
