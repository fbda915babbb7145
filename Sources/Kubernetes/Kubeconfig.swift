package import HTTP
package import Platform
package import Sockets
import TLS

/// Which cluster to talk to, and as whom.
package struct Kubeconfig: Hashable, Sendable {
    /// Where the API server is.
    package let endpoint: HTTPEndpoint
    /// PEM of the certificates to trust; nil for the system's.
    package let authorities: [UInt8]?
    /// PEM of the client certificate.
    package let clientCertificate: [UInt8]?
    /// PEM of its key.
    package let clientKey: [UInt8]?
    /// A bearer token.
    package let token: String?
    /// A file that holds the token and is read again as it is rotated.
    package let tokenFile: String?
    /// Whether the server's certificate is not checked.
    package let skipsVerification: Bool
    /// The name to expect in the server's certificate where it is not the endpoint's host.
    package let serverName: String?
    /// The context's namespace.
    package let namespace: String?
    /// The proxy to the API server, whatever the environment says; nil to go by the environment.
    package let proxy: ClientProxy?

    /// Where a pod finds its service account.
    package static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// A cluster and who we are there.
    package init(
        endpoint: HTTPEndpoint,
        authorities: [UInt8]? = nil,
        clientCertificate: [UInt8]? = nil,
        clientKey: [UInt8]? = nil,
        token: String? = nil,
        tokenFile: String? = nil,
        skipsVerification: Bool = false,
        serverName: String? = nil,
        namespace: String? = nil,
        proxy: ClientProxy? = nil
    ) {
        self.endpoint = endpoint
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
        self.token = token
        self.tokenFile = tokenFile
        self.skipsVerification = skipsVerification
        self.serverName = serverName
        self.namespace = namespace
        self.proxy = proxy
    }

    /// Reads `path` (its `context`, or the current one): token, tokenFile, client certificate, each inline or by file
    /// relative to the kubeconfig's folder.
    ///
    /// - Throws: `KubeconfigError` that names the file, the context and the field.
    package static func load(path: String, context: String? = nil) throws -> Kubeconfig {
        try load(paths: [path], context: context)
    }

    /// Reads the files at `paths` as one, the first to name a thing counting, as `KUBECONFIG` lists them.
    ///
    /// Where several are named, one that is not there or cannot be opened is passed over.
    ///
    /// - Throws: `KubeconfigError` that names the file, the context and the field.
    package static func load(paths: [String], context: String? = nil) throws(KubeconfigError) -> Kubeconfig {
        try KubeconfigReader(paths: paths, wanted: context).kubeconfig()
    }

    /// The kubeconfig files that `environment` names: those of `KUBECONFIG`, else `~/.kube/config`; none without a home.
    package static func paths(environment: [String: String]) -> [String] {
        let listed = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
        guard listed.isEmpty else { return listed }
        guard let home = environment["HOME"], !home.isEmpty else { return [] }
        return [home.hasSuffix("/") ? "\(home).kube/config" : "\(home)/.kube/config"]
    }

    /// The service account of the pod we run in; nil outside a cluster.
    ///
    /// - Throws: `KubeconfigError` when its files cannot be read.
    package static func inCluster(environment: [String: String]) throws -> Kubeconfig? {
        try inCluster(environment: environment, folder: serviceAccountFolder)
    }

    /// The service account whose files are in `folder`; nil when `environment` names no API server.
    ///
    /// - Throws: `KubeconfigError` when its files cannot be read.
    package static func inCluster(
        environment: [String: String],
        folder: String
    ) throws(KubeconfigError) -> Kubeconfig? {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty else { return nil }
        let portText = environment["KUBERNETES_SERVICE_PORT"] ?? "443"
        guard let port = Int(portText), (1...65_535).contains(port) else {
            let reason = "\"\(portText)\", expected a port 1...65535"
            throw KubeconfigError(path: folder, context: nil, field: "KUBERNETES_SERVICE_PORT", reason: reason)
        }
        func file(_ name: String) throws(KubeconfigError) -> [UInt8] {
            do {
                return try FileStore.read("\(folder)/\(name)")
            } catch {
                throw KubeconfigError(path: folder, context: nil, field: name, reason: error.description)
            }
        }
        // Read once to fail now rather than at the first request.
        _ = try file("token")
        let namespace = String(decoding: try file("namespace"), as: UTF8.self).filter { !$0.isWhitespace }
        return Kubeconfig(
            endpoint: HTTPEndpoint(isSecure: true, host: host, port: port),
            authorities: try file("ca.crt"),
            tokenFile: "\(folder)/token",
            namespace: namespace.isEmpty ? nil : namespace
        )
    }

    /// A client of that cluster.
    ///
    /// No credentials are sent to an endpoint without TLS, and the kubeconfig's own proxy goes before those of
    /// `proxies`, as kubectl and client-go do it.
    ///
    /// - Throws: `TLSError` when the certificates cannot be used.
    package func makeClient(
        loops: EventLoopGroup,
        proxies: ProxySettings = ProxySettings()
    ) throws -> KubernetesClient {
        var context: TLSContext?
        if endpoint.isSecure {
            context = try TLSContext.client(
                authorities: authorities,
                certificateChain: clientCertificate,
                privateKey: clientKey,
                serverName: serverName,
                skipsVerification: skipsVerification
            )
        }
        return KubernetesClient(
            transport: HTTPClient(
                endpoint: endpoint,
                tls: context,
                loops: loops,
                proxy: proxy ?? proxies.proxy(for: endpoint)
            ),
            authorization: authorization(clock: SystemClock()),
            basePath: endpoint.basePath
        )
    }

    /// What answers the Authorization header; nil where none is sent.
    ///
    /// A token file is read again when a minute has passed on `clock`; while it cannot be read, the last token serves.
    package func authorization(clock: any WallClock) -> (@Sendable () async throws -> String?)? {
        guard endpoint.isSecure else { return nil }
        if let tokenFile {
            let source = TokenFile(path: tokenFile, clock: clock)
            return { "Bearer \(try source.token())" }
        }
        guard let token else { return nil }
        return { "Bearer \(token)" }
    }
}
