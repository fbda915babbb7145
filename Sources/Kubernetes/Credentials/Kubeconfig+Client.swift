package import HTTP
package import Platform
package import Sockets
import TLS

extension Kubeconfig {
    /// A client of that cluster.
    ///
    /// No credentials are sent to an endpoint without TLS, and the kubeconfig's own proxy goes before those of
    /// `proxies`, as kubectl and client-go do it. Certificates and tokens that come from files are read again when a
    /// minute has passed on `clock`, and a plugin is run again when what it gave has run out or was refused.
    ///
    /// - Throws: `TLSError` when the certificates cannot be used.
    package func makeClient(
        loops: EventLoopGroup,
        proxies: ProxySettings = ProxySettings(),
        clock: any WallClock = SystemClock()
    ) throws -> KubernetesClient {
        let plugin = pluginCredentials(clock: clock)
        return KubernetesClient(
            transport: try transport(loops, proxies, clock, plugin),
            credentials: credentials(clock: clock, plugin: plugin),
            basePath: endpoint.basePath
        )
    }

    /// What answers the Authorization header; nil where none is sent.
    ///
    /// A token file is read again when a minute has passed on `clock`; while it cannot be read, the last token serves.
    package func authorization(clock: any WallClock) -> (@Sendable () async throws -> String?)? {
        guard let source = credentials(clock: clock, plugin: pluginCredentials(clock: clock)) else { return nil }
        return { try await source.authorization() }
    }

    private func credentials(clock: any WallClock, plugin: ExecCredentials?) -> (any CredentialSource)? {
        guard endpoint.isSecure else { return nil }
        if let tokenFile { return TokenFile(path: tokenFile, clock: clock) }
        if let token { return GivenCredentials { "Bearer \(token)" } }
        return plugin
    }

    private func pluginCredentials(clock: any WallClock) -> ExecCredentials? {
        guard endpoint.isSecure, token == nil, tokenFile == nil, let exec else { return nil }
        return ExecCredentials(
            plugin: exec,
            environment: ProcessEnvironment.variables,
            isTerminal: ProcessEnvironment.isInputTerminal,
            clock: clock
        )
    }

    private func transport(
        _ loops: EventLoopGroup,
        _ proxies: ProxySettings,
        _ clock: any WallClock,
        _ plugin: ExecCredentials?
    ) throws -> any HTTPTransport {
        guard endpoint.isSecure else { return makeTransport(nil, loops, proxies) }
        let make = { @Sendable (material: TLSMaterial) throws -> any HTTPTransport in
            makeTransport(try context(material), loops, proxies)
        }
        let first = TLSMaterial(authorities: authorities, certificate: clientCertificate, key: clientKey)
        // Made here as well, so that what cannot be used is known before anything is asked.
        let fixed = try make(first)
        let renewed = material(after: first, clock: clock, plugin: plugin)
        return renewed.map { ClusterTransport(first: (first, fixed), material: $0, make: make) } ?? fixed
    }

    private func makeTransport(
        _ context: TLSContext?,
        _ loops: EventLoopGroup,
        _ proxies: ProxySettings
    ) -> any HTTPTransport {
        HTTPClient(endpoint: endpoint, tls: context, loops: loops, proxy: proxy ?? proxies.proxy(for: endpoint))
    }

    private func context(_ material: TLSMaterial) throws -> TLSContext {
        try TLSContext.client(
            authorities: material.authorities,
            certificateChain: material.certificate,
            privateKey: material.key,
            serverName: serverName,
            skipsVerification: skipsVerification
        )
    }

    /// What gives the certificates of the day; nil where they do not change.
    private func material(
        after first: TLSMaterial,
        clock: any WallClock,
        plugin: ExecCredentials?
    ) -> (@Sendable () async throws -> TLSMaterial)? {
        func file(_ path: String?, _ bytes: [UInt8]?) -> RotatedFile? {
            guard let path, let bytes else { return nil }
            return RotatedFile(path: path, bytes: bytes, clock: clock)
        }
        let authorities = file(authoritiesFile, first.authorities)
        let certificate = file(clientCertificateFile, first.certificate)
        let key = file(clientKeyFile, first.key)
        guard authorities != nil || certificate != nil || key != nil || plugin != nil else { return nil }
        return {
            var material = first
            if let authorities { material.authorities = authorities.bytes }
            if let certificate { material.certificate = certificate.bytes }
            if let key { material.key = key.bytes }
            if let plugin, material.certificate == nil {
                let given = try await plugin.credential()
                (material.certificate, material.key) = (given.certificate, given.key)
            }
            return material
        }
    }
}
