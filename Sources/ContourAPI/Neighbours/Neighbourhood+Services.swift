import Admission
import JSON
import Kubernetes
import Schema

extension Neighbourhood {
    /// The port `port` of the Service `name`, and `healthPort` where one is given.
    ///
    /// A Service that a Canary is about to make is `unknown` as long as it is missing.
    package func service(_ name: String, port: Int, healthPort: Int?) -> ServiceAnswer {
        guard let view else { return .unknown }
        let key = ObjectKey(namespace: namespace, name: name)
        guard let service = view.object(.services, key) else {
            return view.knows(.services) && !view.isToBeMade(.services, key) ? .missing : .unknown
        }
        let found: ServicePort
        do {
            found = try ServicePort(port, of: service)
            if let healthPort, healthPort != 0 { _ = try ServicePort(healthPort, of: service) }
        } catch {
            return error.answer
        }
        if let host = Self.externalName(of: service) {
            guard settings.allowsExternalNames else { return .externalNameOff }
            if Self.isLocal(host) { return .externalNameLocal(host) }
        }
        return .fine(protocol: found.upstreamProtocol(annotatedOn: service))
    }

    /// The name that a Service of the type ExternalName leads to; nil for any other.
    static func externalName(of service: JSONValue) -> String? {
        let spec = service["spec"] ?? .null
        return spec["type"]?.string == "ExternalName" ? spec.filled("externalName") : nil
    }

    /// Whether `host` is the machine on which the proxy runs, as far as a name tells.
    private static func isLocal(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if ["localhost", "localhost.localdomain", "local.projectcontour.io"].contains(name) { return true }
        guard let network = IPNetwork(name), network.prefixLength == nil else { return false }
        let isMapped =
            network.address.count == 16 && network.address.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]
        let bytes = isMapped ? Array(network.address.suffix(4)) : network.address
        if bytes.allSatisfy({ $0 == 0 }) { return true }
        guard bytes.count == 16 else { return bytes[0] == 127 || bytes[0] == 169 && bytes[1] == 254 }
        let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        return isLoopback || bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80
    }
}
