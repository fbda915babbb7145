import JSON
import Kubernetes

extension ProxyReference {
    /// All that `proxy` refers to.
    static func all(in proxy: JSONValue) -> [ProxyReference] {
        let spec = proxy["spec"] ?? .null
        var references = ofHost(spec["virtualhost"] ?? .null, in: proxy.namespace ?? "")
        for (index, route) in spec.list("routes").enumerated() {
            let checksHealth = route.has("healthCheckPolicy")
            for service in route.list("services") {
                references += of(service, .route(index), drops: .object, checksHealth, "ServiceError")
            }
        }
        guard spec["virtualhost"]?.object != nil, let tcp = spec["tcpproxy"] else { return references }
        for service in tcp.list("services") {
            references += of(service, .host, drops: .host, tcp.has("healthCheckPolicy"), "TCPProxyError")
        }
        return references
    }

    private static func of(
        _ service: JSONValue,
        _ part: Part,
        drops whole: Part,
        _ checksHealth: Bool,
        _ type: String
    ) -> [ProxyReference] {
        guard let name = service.filled("name"), let port = service["port"]?.int else { return [] }
        let healthPort = checksHealth ? service["healthPort"]?.int : nil
        let target = Target.service(name, port: port, healthPort: healthPort)
        let backend = ProxyReference(target, part, type, "ServiceUnresolvedReference")
        guard let authority = service["validation"]?.filled("caSecret") else { return [backend] }
        let spoken = service.filled("protocol")
        let upstream = Target.upstream(authority, backend: name, port: port, protocol: spoken)
        return [backend, ProxyReference(upstream, whole, "ServiceError", "TLSUpstreamValidation")]
    }

    private static func ofHost(_ host: JSONValue, in namespace: String) -> [ProxyReference] {
        var references: [ProxyReference] = []
        func add(_ reference: String?, _ use: Neighbourhood.SecretUse, _ type: String, _ reason: String) {
            guard let reference else { return }
            references.append(ProxyReference(.secret(reference, use), .host, type, reason))
        }
        let tls = host["tls"] ?? .null
        let client = tls["clientValidation"] ?? .null
        add(tls.filled("secretName"), .certificate, "TLSError", "SecretNotValid")
        add(client.filled("caSecret"), .authority, "TLSError", "ClientValidationInvalid")
        add(client.filled("crlSecret"), .revocations, "TLSError", "ClientValidationInvalid")
        for provider in host.list("jwtProviders") {
            let local = provider["localJWKS"] ?? .null
            let remote = provider[path: "remoteJWKS", "validation"]?.filled("caSecret")
            let type = "JWTVerificationError"
            add(local.filled("secretName"), .tokenKeys(local["key"]?.string ?? ""), type, "LocalJWKSInvalid")
            add(remote, .authority, type, "RemoteJWKSUpstreamValidationInvalid")
        }
        if let reference = host[path: "authorization", "extensionRef"], let name = reference.filled("name") {
            let key = ObjectKey(namespace: reference.filled("namespace") ?? namespace, name: name)
            let target = Target.extensionService(key)
            references.append(ProxyReference(target, .host, "AuthError", "ExtensionServiceNotFound"))
        }
        return references
    }
}
