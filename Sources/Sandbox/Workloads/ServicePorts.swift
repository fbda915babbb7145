import JSON

/// A Service's ports by their numbers on the pods, as Endpoints and EndpointSlices list them.
enum ServicePorts {
    /// The ports of `service` on pods such as `pod`, each with name (where it has one), port and protocol.
    static func ports(of service: JSONValue, on pod: JSONValue) -> [JSONValue] {
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
