import JSON
import Kubernetes

/// The defaults of a Service, and the addresses and ports that are handed out to it.
///
/// They follow from namespace and name alone, so that the same Service has the same address in every run.
enum ServiceDefaults {
    static func complete(_ object: inout JSONValue) {
        let key = object.key
        object.change("spec") { spec in
            spec.fill("type", "ClusterIP")
            spec.fill("sessionAffinity", "None")
            if spec["sessionAffinity"] == "ClientIP" {
                spec.fill("sessionAffinityConfig", ["clientIP": ["timeoutSeconds": 10_800]])
            }
            spec.changeEach("ports", completePort)
            guard spec["type"] != "ExternalName" else { return }
            completeAddresses(&spec, key)
            spec.fill("internalTrafficPolicy", "Cluster")
            guard spec["type"] != "ClusterIP" else { return }
            spec.fill("externalTrafficPolicy", "Cluster")
            if spec["type"] == "LoadBalancer" { spec.fill("allocateLoadBalancerNodePorts", true) }
            completeNodePorts(&spec, key)
        }
    }

    private static func completePort(_ port: inout JSONValue) {
        port.fill("protocol", "TCP")
        guard [nil, .null, 0, ""].contains(port["targetPort"]), let number = port["port"] else { return }
        port["targetPort"] = number
    }

    private static func completeAddresses(_ spec: inout JSONValue, _ key: ObjectKey) {
        spec.fill("ipFamilies", ["IPv4"])
        spec.fill("ipFamilyPolicy", "SingleStack")
        // The name is still to be generated, and the address follows from it.
        guard !key.name.isEmpty else { return }
        if spec["clusterIP"]?.string ?? "" == "" {
            spec["clusterIP"] = spec["clusterIPs"]?[0] ?? .string(address(of: key))
        }
        spec.fill("clusterIPs", .array([spec["clusterIP"] ?? ""]))
    }

    private static func completeNodePorts(_ spec: inout JSONValue, _ key: ObjectKey) {
        guard !key.name.isEmpty, spec["allocateLoadBalancerNodePorts"] != false else { return }
        spec.changeEach("ports") { port in
            guard port["nodePort"]?.int ?? 0 == 0 else { return }
            let number = hash("\(key):\(port["port"]?.int ?? 0)/\(port["protocol"]?.string ?? "")")
            // The default range of node ports: 30000...32767.
            port["nodePort"] = .number(JSONNumber(30_000 + number % 2_768))
        }
    }

    /// An address within 10.96.0.0/12, kubeadm's range of Services, but for its first and last 256, which hold the
    /// addresses of the API server and the DNS.
    private static func address(of key: ObjectKey) -> String {
        let offset = 256 + hash(key.description) % (1 << 20 - 512)
        return "10.\(96 + offset >> 16).\(offset >> 8 & 255).\(offset & 255)"
    }

    /// FNV-1a, folded so that its low bits are good.
    private static func hash(_ text: String) -> UInt64 {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return value ^ value >> 32
    }
}
