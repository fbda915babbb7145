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
        subset["ports"] = .array(ports(service, first.object))
        object["subsets"] = [subset]
        return object
    }

    private static func address(_ pod: PodState) -> JSONValue {
        [
            "ip": pod.object[path: "status", "podIP"] ?? "", "nodeName": pod.object[path: "spec", "nodeName"] ?? "",
            "targetRef": [
                "kind": "Pod", "name": .string(pod.object.name), "namespace": .string(pod.object.namespace ?? ""),
                "uid": .string(pod.object.uid),
            ],
        ]
    }

    /// The Service's ports by the number on the pod.
    private static func ports(_ service: JSONValue, _ pod: JSONValue) -> [JSONValue] {
        (service[path: "spec", "ports"]?.array ?? []).map { port in
            var result: JSONValue = .object(JSONObject())
            result["name"] = port["name"]
            let target = port["targetPort"] ?? port["port"] ?? 0
            result["port"] = target.string.flatMap { containerPort($0, pod) } ?? target
            result["protocol"] = port["protocol"] ?? "TCP"
            return result
        }
    }

    private static func containerPort(_ name: String, _ pod: JSONValue) -> JSONValue? {
        let containers = pod[path: "spec", "containers"]?.array ?? []
        let ports = containers.flatMap { $0["ports"]?.array ?? [] }
        return ports.first { $0["name"]?.string == name }?["containerPort"]
    }
}
