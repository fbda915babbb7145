import JSON
import Kubernetes

/// The EndpointSlice of a Service: the same pods as in its Endpoints, in the form that newer clients read.
///
/// Source: discovery.k8s.io/v1. One slice holds all pods, of which there are fewer than the 1,000 that fit.
enum EndpointSliceSync {
    /// `discovery.k8s.io/v1` EndpointSlices.
    static let type = ResourceType(
        group: "discovery.k8s.io",
        version: "v1",
        plural: "endpointslices",
        kind: "EndpointSlice"
    )

    /// The slice to store for `service`, whose `pods` are those that it selects; nil for a Service without selector.
    ///
    /// It is the Service's own and goes with it.
    static func object(for service: JSONValue, pods: [PodState]) -> JSONValue? {
        guard service[path: "spec", "selector"]?.object?.isEmpty == false else { return nil }
        let sorted = pods.sorted { $0.object.name < $1.object.name }
        let ports = sorted.first.map { ServicePorts.ports(of: service, on: $0.object) } ?? []
        return [
            "apiVersion": .string(type.apiVersion), "kind": .string(type.kind),
            "metadata": [
                "name": .string(name(for: service)), "namespace": .string(service.namespace ?? ""),
                "labels": [
                    "kubernetes.io/service-name": .string(service.name),
                    "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                ],
                "ownerReferences": [ObjectOwner.reference(to: service, .services)],
            ],
            "addressType": "IPv4", "endpoints": .array(sorted.map(endpoint)), "ports": .array(ports.map(named)),
        ]
    }

    private static func name(for service: JSONValue) -> String {
        "\(service.name)-\(SafeName.hash(Array(service.uid.utf8)).suffix(5))"
    }

    private static func endpoint(_ pod: PodState) -> JSONValue {
        let isReady = JSONValue.bool(pod.readySince != nil)
        return [
            "addresses": [pod.address], "conditions": ["ready": isReady, "serving": isReady, "terminating": false],
            "nodeName": pod.node, "targetRef": pod.target,
        ]
    }

    /// A slice's port has a name, if an empty one: clients find the Service's port by it.
    private static func named(_ port: JSONValue) -> JSONValue {
        var port = port
        port["name"] = port["name"] ?? ""
        return port
    }
}
