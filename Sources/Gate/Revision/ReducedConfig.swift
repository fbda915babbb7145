package import JSON
import Kubernetes

/// What is kept of a ConfigMap or Secret that the loop follows: whose it is, what the gate wrote on it, and a digest in place
/// of what it holds.
///
/// No value is kept, and no annotation but those named here: `kubectl.kubernetes.io/last-applied-configuration` has the
/// values once more. Where a value is to be copied, the object is read whole at that moment.
package enum ReducedConfig {
    private static let digest = "digest"
    private static let rest = "rest"
    /// The fields that hold the values.
    private static let sections: Set<String> = ["data", "binaryData", "stringData"]
    private static let annotations = [
        ConfigReferences.optOut, GateAnnotations.revision, GateAnnotations.change, GateAnnotations.requestedBy,
        GateAnnotations.requestedAt,
    ]

    /// `config` reduced, over what somebody else keeps of it.
    ///
    /// Of a Secret whose type is never tracked, a Helm release for instance, there is no digest.
    package static func of(_ config: JSONValue, over kept: JSONValue = .object(JSONObject())) -> JSONValue {
        var reduced = kept
        for field in ["apiVersion", "kind", "type"] { reduced[field] = reduced[field] ?? config[field] }
        for field in ["name", "namespace", "uid", "resourceVersion", "deletionTimestamp", "ownerReferences"] {
            reduced[path: "metadata", field] = config[path: "metadata", field]
        }
        reduced[path: "metadata", "labels", GateAnnotations.managed] = config.label(GateAnnotations.managed)
            .map { .string($0) }
        for name in annotations {
            reduced[path: "metadata", "annotations", name] = config.annotation(name).map { .string($0) }
        }
        reduced[digest] = ConfigReferences.isOfTrackedType(config) ? .string(ConfigDigest.of(config)) : ""
        reduced[rest] = .object(restOfWhole(config))
        return reduced
    }

    /// Whether `config` is what is kept of one.
    package static func isReduced(_ config: JSONValue) -> Bool { config[digest] != nil && config[rest] != nil }

    /// The digest of a reduced one, see `ConfigDigest`; nil for one that is whole.
    static func digest(of config: JSONValue) -> String? { isReduced(config) ? config[digest]?.string : nil }

    /// Whether both hold the same, whichever of them is reduced.
    package static func holdTheSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        rest(of: left) == rest(of: right) && ConfigDigest.of(left) == ConfigDigest.of(right)
    }

    /// What it holds beside its values: `type`, `immutable` and whatever else there is.
    private static func rest(of config: JSONValue) -> JSONObject {
        isReduced(config) ? config[rest]?.object ?? JSONObject() : restOfWhole(config)
    }

    private static func restOfWhole(_ config: JSONValue) -> JSONObject {
        var rest = JSONObject()
        for member in config.object ?? JSONObject()
        where !["apiVersion", "kind", "metadata"].contains(member.key) && !sections.contains(member.key) {
            rest[member.key] = member.value.isNull ? nil : member.value
        }
        return rest
    }
}
