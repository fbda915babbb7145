import FlaggerAPI
import JSON
import Kubernetes

/// The primary's autoscaler, of whichever kind.
enum ScalerCopy {
    /// The object to create for `source`, the target's.
    static func made(
        _ kind: ScalerKind,
        of source: JSONValue,
        for canary: Canary,
        _ settings: CopySettings
    ) -> JSONValue {
        [
            "apiVersion": .string(kind.resourceType.apiVersion), "kind": .string(kind.rawValue),
            "metadata": CopyMetadata.make("\(source.name)-primary", of: source, for: canary, settings),
            "spec": spec(kind, of: source, for: canary),
        ]
    }

    /// The spec that the copy of `source` should have.
    static func spec(_ kind: ScalerKind, of source: JSONValue, for canary: Canary) -> JSONValue {
        switch kind {
        case .horizontal: PrimaryAutoscaler.spec(for: canary, source: source)
        case .scaledObject: PrimaryScaledObject.spec(for: canary, source: source)
        }
    }

    /// The fewest pods that `scaler` asks for.
    static func minimum(_ kind: ScalerKind, _ scaler: JSONValue) -> Int {
        switch kind {
        case .horizontal: scaler[path: "spec", "minReplicas"]?.int ?? 1
        case .scaledObject: scaler[path: "spec", "minReplicaCount"]?.int ?? 0
        }
    }
}
