package import HTTP

/// Which cluster to talk to, and as whom.
package struct Kubeconfig: Hashable, Sendable {
    /// Where the API server is.
    package let endpoint: HTTPEndpoint
    /// PEM of the certificates to trust; nil for the system's.
    package let authorities: [UInt8]?
    /// The file that they were read from, and are read from again; nil where they stood in the kubeconfig.
    package var authoritiesFile: String?
    /// PEM of the client certificate.
    package let clientCertificate: [UInt8]?
    /// The file that it was read from, and is read from again.
    package var clientCertificateFile: String?
    /// PEM of its key.
    package let clientKey: [UInt8]?
    /// The file that it was read from, and is read from again.
    package var clientKeyFile: String?
    /// A bearer token.
    package let token: String?
    /// A file that holds the token and is read again as it is rotated.
    package let tokenFile: String?
    /// The program that gives a token or a client certificate; asked where none of those above is there.
    package var exec: ExecPlugin?
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
}
