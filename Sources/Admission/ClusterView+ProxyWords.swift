import JSON
import Kubernetes

extension ClusterView.Word {
    /// The words of an HTTPProxy: each object that it refers to.
    static func wordsOfProxy(_ proxy: JSONValue, _ spec: JSONValue) -> [(namespace: String, word: Self)] {
        let own = proxy.namespace ?? ""
        let tcp = spec["tcpproxy"] ?? .null
        let routed = (spec["routes"]?.array ?? []).flatMap { $0["services"]?.array ?? [] }
        let services = routed + (tcp["services"]?.array ?? [])
        // The old spelling of a TCP include counts where the new one is absent; both are found.
        let includes = (spec["includes"]?.array ?? []) + [tcp["include"], tcp["includes"]].compactMap { $0 }
        var words = services.compactMap { $0["name"]?.string }.map { (own, Self.leadsTo($0)) }
        words += includes.compactMap { include in
            include["name"]?.string.map { (namespace(include, own), .includes($0)) }
        }
        let validated = services.compactMap { $0[path: "validation", "caSecret"]?.string }
        words += (validated + secretsOfHost(spec["virtualhost"] ?? .null)).map { secret($0, own) }
        if let reference = spec[path: "virtualhost", "authorization", "extensionRef"],
            let name = reference["name"]?.string
        {
            words.append((namespace(reference, own), .usesExtension(name)))
        }
        return words
    }

    /// The words of an ExtensionService.
    static func wordsOfExtension(_ service: JSONValue, _ spec: JSONValue) -> [(namespace: String, word: Self)] {
        let own = service.namespace ?? ""
        let names = (spec["services"]?.array ?? []).compactMap { $0["name"]?.string }
        let authority = spec[path: "validation", "caSecret"]?.string
        return names.map { (own, .leadsTo($0)) } + [authority].compactMap { $0 }.map { secret($0, own) }
    }

    /// The Secrets that a virtual host refers to, as they are written.
    private static func secretsOfHost(_ host: JSONValue) -> [String] {
        let tls = host["tls"] ?? .null
        let client = tls["clientValidation"] ?? .null
        let providers = host["jwtProviders"]?.array ?? []
        let keys = providers.flatMap {
            [$0[path: "localJWKS", "secretName"], $0[path: "remoteJWKS", "validation", "caSecret"]]
        }
        return ([tls["secretName"], client["caSecret"], client["crlSecret"]] + keys).compactMap { $0?.string }
    }

    private static func namespace(_ reference: JSONValue, _ own: String) -> String {
        guard let namespace = reference["namespace"]?.string, !namespace.isEmpty else { return own }
        return namespace
    }

    private static func secret(_ reference: String, _ own: String) -> (namespace: String, word: Self) {
        let key = ObjectKey(reference: reference, in: own)
        return (key.namespace ?? "", .usesSecret(key.name))
    }
}
