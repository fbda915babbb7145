import JSON
import Kubernetes

/// The Endpoints object of a Service: the pods that its selector finds.
enum EndpointsSync {
    /// `v1` Endpoints.
    static let type = ResourceType(group: "", version: "v1", plural: "endpoints", kind: "Endpoints")
    /// The label of the objects that this controller keeps.
    static let label = "endpoints.kubernetes.io/managed-by"

    /// The object to store for `service`, whose `pods` are those that it selects; nil for a Service without selector.
    static func object(for service: JSONValue, pods: [PodState]) -> JSONValue? {
        guard service[path: "spec", "selector"]?.object?.isEmpty == false else { return nil }
        let sorted = pods.sorted { $0.object.name < $1.object.name }
        var subset: JSONValue = .object(JSONObject())
        for (field, isReady) in [("addresses", true), ("notReadyAddresses", false)] {
            let addresses = sorted.filter { ($0.readySince != nil) == isReady }.map(address)
            if !addresses.isEmpty { subset[field] = .array(addresses) }
        }
        var object: JSONValue = [
            "apiVersion": "v1", "kind": "Endpoints",
            "metadata": [
                "name": .string(service.name), "namespace": .string(service.namespace ?? ""),
                "labels": [label: "endpoint-controller"],
            ],
        ]
        guard let first = sorted.first else { return object }
        subset["ports"] = .array(ServicePorts.ports(of: service, on: first.object))
        object["subsets"] = [subset]
        return object
    }

    private static func address(_ pod: PodState) -> JSONValue {
        ["ip": pod.address, "nodeName": pod.node, "targetRef": pod.target]
    }
}
