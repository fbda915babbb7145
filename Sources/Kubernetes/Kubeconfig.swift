// CONTRACT: implemented in the Kubernetes client work; the signatures below are what other modules build on.

package import HTTP
package import Sockets

/// Which cluster to talk to, and as whom.
package struct Kubeconfig: Sendable {
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

    /// Reads `path` (its `context`, or the current one): token, tokenFile, client certificate, each inline or by file
    /// relative to the kubeconfig's folder.
    ///
    /// - Throws: `KubeconfigError` that names the file, the context and the field.
    package static func load(path: String, context: String? = nil) throws -> Kubeconfig { fatalError("contract") }

    /// The service account of the pod we run in; nil outside a cluster.
    ///
    /// - Throws: `KubeconfigError` when its files cannot be read.
    package static func inCluster(environment: [String: String]) throws -> Kubeconfig? { fatalError("contract") }

    /// A client of that cluster.
    ///
    /// - Throws: `TLSError` when the certificates cannot be used.
    package func makeClient(loops: EventLoopGroup) throws -> KubernetesClient { fatalError("contract") }
}
