import JSON
import Kubernetes

/// How services, endpoints and their slices look in a table.
///
/// Source: Kubernetes `printService`, `printEndpoints`, `printEndpointSlice`.
enum ServiceColumns {
    static let columns: [TableColumn] = [
        .name, .text("Type") { $0.value(below: ["spec", "type"])?.string ?? "ClusterIP" },
        .text("Cluster-IP") { $0.textOrNone("spec", "clusterIP") }, .text("External-IP", externalAddress),
        .text("Port(s)", ports), .age,
        .text("Selector", wide: true) { TableColumns.pairs($0[path: "spec", "selector"]) },
    ]

    /// The first three addresses with their ports, and how many more there are.
    static let endpoints: @Sendable (JSONValue) -> String = { object in
        let addresses = (object["subsets"]?.array ?? [])
            .flatMap { subset in
                (subset["ports"]?.array ?? [])
                    .flatMap { port in
                        (subset["addresses"]?.array ?? [])
                            .map { "\($0["ip"]?.string ?? ""):\(port["port"]?.number?.text ?? "")" }
                    }
            }
        return firstThree(addresses, orElse: "<none>")
    }

    /// The columns of slices.
    static let slices: [TableColumn] = [
        .name, .text("AddressType") { $0["addressType"]?.string ?? "" },
        .text("Ports") { slice in
            firstThree((slice["ports"]?.array ?? []).map { $0["port"]?.number?.text ?? "*" }, orElse: "<unset>")
        },
        .text("Endpoints") { slice in
            let addresses = (slice["endpoints"]?.array ?? []).flatMap { $0["addresses"]?.array ?? [] }
            return firstThree(addresses.compactMap(\.string), orElse: "<unset>")
        }, .age,
    ]

    private static func firstThree(_ texts: [String], orElse none: String) -> String {
        guard !texts.isEmpty else { return none }
        let more = texts.count > 3 ? " + \(texts.count - 3) more..." : ""
        return texts.prefix(3).joined(separator: ",") + more
    }

    private static let externalAddress: @Sendable (JSONValue) -> String = { service in
        switch service[path: "spec", "type"]?.string {
        case "LoadBalancer":
            let ingress = service[path: "status", "loadBalancer", "ingress"]?.array ?? []
            let addresses = ingress.compactMap { $0["ip"]?.string ?? $0["hostname"]?.string }
            return addresses.isEmpty ? "<pending>" : addresses.joined(separator: ",")
        case "ExternalName": return service.textOrNone("spec", "externalName")
        default:
            let addresses = (service[path: "spec", "externalIPs"]?.array ?? []).compactMap(\.string)
            return addresses.isEmpty ? "<none>" : addresses.joined(separator: ",")
        }
    }

    private static let ports: @Sendable (JSONValue) -> String = { service in
        let ports = (service[path: "spec", "ports"]?.array ?? [])
            .map { port in
                let node = port.count("nodePort")
                let number = port["port"]?.number?.text ?? ""
                return "\(number)\(node > 0 ? ":\(node)" : "")/\(port["protocol"]?.string ?? "TCP")"
            }
        return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
    }
}
