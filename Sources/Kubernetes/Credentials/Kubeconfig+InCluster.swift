import HTTP
import Platform

extension Kubeconfig {
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
        var config = Kubeconfig(
            endpoint: HTTPEndpoint(isSecure: true, host: host, port: port),
            authorities: try file("ca.crt"),
            tokenFile: "\(folder)/token",
            namespace: namespace.isEmpty ? nil : namespace
        )
        config.authoritiesFile = "\(folder)/ca.crt"
        return config
    }
}
