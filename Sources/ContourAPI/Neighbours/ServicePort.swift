import JSON
import Kubernetes

/// A port of a Service, as Contour finds it.
struct ServicePort {
    /// Why there is none.
    struct Fault: Error {
        let answer: Neighbourhood.ServiceAnswer
    }

    private let port: JSONValue

    /// The port `number` of `service`: the first that is listed, whatever follows.
    init(_ number: Int, of service: JSONValue) throws(Fault) {
        let ports = service["spec"]?.list("ports") ?? []
        guard let port = ports.first(where: { $0["port"]?.int == number }) else {
            throw Fault(answer: .portMissing(port: number, has: ports.compactMap { $0["port"]?.int }))
        }
        let transport = port.filled("protocol") ?? "TCP"
        guard transport == "TCP" else { throw Fault(answer: .portNotTCP(port: number, protocol: transport)) }
        self.port = port
    }

    /// The protocol that the Service asks for: by `appProtocol`, and only without one by annotations, which name ports
    /// by name or number.
    func upstreamProtocol(annotatedOn service: JSONValue) -> String? {
        if let name = port["appProtocol"]?.string { return Self.applicationProtocols[name] }
        var protocols: [String: String] = [:]
        for name in ["h2", "h2c", "tls"] {
            let list = service.annotation("projectcontour.io/upstream-protocol.\(name)") ?? ""
            for entry in list.split(separator: ",") {
                let named = entry.drop(while: \.isWhitespace)
                protocols[String(named.prefix { !$0.isWhitespace })] = name
            }
        }
        return protocols[port["name"]?.string ?? ""] ?? port["port"]?.int.flatMap { protocols[String($0)] }
    }

    private static let applicationProtocols = ["kubernetes.io/h2c": "h2c", "https": "tls"]
}
