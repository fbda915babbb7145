import FlaggerAPI
import Gate
import JSON
import Kubernetes

/// The Services of a target that is itself a Service: copies of it, one with the promoted spec and one with the spec under
/// analysis.
///
/// The target stays as the team has it; the route leads to the copies. What a Service's spec says while it is not being
/// analysed reaches nobody by the route: that is its gate.
enum ServiceCopy {
    /// How much traffic the copy under analysis may take: `0` while it is held back.
    static let replicas = "canarygate.dev/replicas"

    /// What the API server and the cloud hand out for one Service, which another cannot have.
    private static let handedOut: Set<String> = [
        "clusterIP", "clusterIPs", "healthCheckNodePort", "loadBalancerIP", "loadBalancerClass",
        "loadBalancerSourceRanges",
        "externalIPs", "externalTrafficPolicy", "allocateLoadBalancerNodePorts",
    ]

    /// What of the spec of `target` is copied, which is what a revision is made of.
    ///
    /// The copies are reached within the cluster alone: no load balancer is ordered for them, no node port taken.
    static func content(of target: JSONValue) -> JSONValue {
        var content = JSONObject()
        for member in target["spec"]?.object ?? JSONObject() where !handedOut.contains(member.key) {
            content[member.key] = member.value
        }
        var spec = JSONValue.object(content)
        if target[path: "spec", "clusterIP"] == "None" { spec["clusterIP"] = "None" }
        if let type = spec["type"]?.string, type != "ExternalName" { spec["type"] = "ClusterIP" }
        spec.changeElements(of: ["ports"]) { $0["nodePort"] = nil }
        return spec
    }

    /// The copy to create under `name`.
    static func made(
        _ name: String,
        of target: JSONValue,
        for canary: Canary,
        _ settings: CopySettings,
        annotations: JSONValue
    ) -> JSONValue {
        var metadata = CopyMetadata.make(name, of: target, for: canary, settings)
        metadata["annotations"] = annotations
        return ["apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": content(of: target)]
    }

    /// `copy` with what `target` says now; what was handed out for the copy is kept.
    static func given(_ copy: JSONValue, _ target: JSONValue, annotations: JSONValue) -> JSONValue {
        var spec = content(of: target)
        for member in copy["spec"]?.object ?? JSONObject()
        where handedOut.contains(member.key) && spec[member.key] == nil && spec["type"] != "ExternalName" {
            spec[member.key] = member.value
        }
        var copy = copy
        copy["spec"] = spec
        for member in annotations.object ?? JSONObject() {
            copy[path: "metadata", "annotations", member.key] = member.value
        }
        return copy
    }
}
