import Testing

/// V2 to V10, V14, V15, V18.
@Suite(.timeLimit(.minutes(1))) struct RootChecksTests {
    private static let routes = "routes: [{services: [{name: a, port: 80}]}]"

    @Test(arguments: [
        CheckCase(
            "{virtualhost: {}, \(routes)}",
            "stop spec.virtualhost.fqdn fqdn-missing VirtualHostError/FQDNNotSpecified"
        ),
        CheckCase(
            "{virtualhost: {fqdn: ' '}, \(routes)}",
            "stop spec.virtualhost.fqdn fqdn-missing VirtualHostError/FQDNNotSpecified"
        ),
        CheckCase("{virtualhost: {fqdn: 5}, \(routes)}", "unreported spec.virtualhost.fqdn wrong-type"),
        CheckCase("{virtualhost: {fqdn: A.b}, \(routes)}", "unreported spec.virtualhost.fqdn fqdn-invalid"),
        CheckCase("{virtualhost: {fqdn: a.b.}, \(routes)}", "unreported spec.virtualhost.fqdn fqdn-invalid"),
        CheckCase("{virtualhost: {fqdn: 'a:80'}, \(routes)}", "unreported spec.virtualhost.fqdn fqdn-invalid"),
        CheckCase("{virtualhost: {fqdn: '*'}, \(routes)}", "unreported spec.virtualhost.fqdn fqdn-invalid"),
        CheckCase("{virtualhost: {fqdn: '*.a.b'}, \(routes)}"),
        CheckCase("{virtualhost: {fqdn: 10.0.0.1}, \(routes)}"),
        CheckCase("{virtualhost: {fqdn: a}}", "stop spec nothing-defined SpecError/NothingDefined"),
        CheckCase("{virtualhost: {fqdn: a}, includes: [{name: b}]}"),
        CheckCase("{}"),
    ])
    func looksAtTheHost(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let provider = "{name: p, remoteJWKS: {uri: 'https://i.example/k'}}"

    @Test(arguments: [
        CheckCase(
            "{virtualhost: {fqdn: a, jwtProviders: [\(provider)]}, \(routes)}",
            "stop spec.virtualhost.jwtProviders jwt-without-tls JWTVerificationError/JWTVerificationNotPermitted"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, jwtProviders: [\(provider)], tls: {passthrough: true}},
             tcpproxy: {services: [{name: a, port: 80}]}}
            """,
            "stop spec.virtualhost.jwtProviders jwt-without-tls JWTVerificationError/JWTVerificationNotPermitted"
        ),
        CheckCase("{virtualhost: {fqdn: a, jwtProviders: [\(provider)], tls: {secretName: s}}, \(routes)}"),
        CheckCase(
            "{virtualhost: {fqdn: a, authorization: {extensionRef: {name: x}}}, \(routes)}",
            "stop spec.virtualhost.authorization.extensionRef authorization-without-tls AuthError/AuthNotPermitted"
        ),
        CheckCase("{virtualhost: {fqdn: a, authorization: {authPolicy: {disabled: true}}}, \(routes)}"),
        CheckCase(
            """
            {virtualhost: {fqdn: a, ipAllowPolicy: [{source: Peer, cidr: 10.0.0.0/8}],
             ipDenyPolicy: [{source: Peer, cidr: 10.1.0.0/16}]}, \(routes)}
            """,
            "stop spec.virtualhost.ipDenyPolicy ip-allow-and-deny IPFilterError/IncompatibleIPAddressFilters"
        ),
    ])
    func looksAtWhatNeedsTLS(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let tcp = "tcpproxy: {services: [{name: a, port: 80}]}"
    private static let fallback =
        "stop spec.virtualhost.tls.enableFallbackCertificate fallback-incompatible "
        + "TLSError/TLSIncompatibleFeatures"
    private static let absent =
        "stop spec.virtualhost.tls.enableFallbackCertificate ~fallback-not-configured "
        + "TLSError/FallbackNotPresent"

    @Test(arguments: [
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {passthrough: true, enableFallbackCertificate: true}}, \(tcp)}",
            "goOn spec.virtualhost.tls.enableFallbackCertificate passthrough-fallback TLSError/TLSIncompatibleFeatures"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {}}, \(routes)}",
            "stop spec.virtualhost.tls tls-source TLSError/TLSConfigNotValid"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {secretName: ' '}}, \(routes)}",
            "stop spec.virtualhost.tls tls-source TLSError/TLSConfigNotValid"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {secretName: s, passthrough: true}}, \(tcp)}",
            "stop spec.virtualhost.tls tls-source TLSError/TLSConfigNotValid"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {passthrough: true, clientValidation: {caSecret: c}}}, \(tcp)}",
            "stop spec.virtualhost.tls.clientValidation passthrough-client-validation TLSError/TLSIncompatibleFeatures"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s, minimumProtocolVersion: '1.3', maximumProtocolVersion: '1.2'}},
             \(routes)}
            """,
            "stop spec.virtualhost.tls.maximumProtocolVersion tls-version-order TLSError/TLSConfigNotValid"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s, minimumProtocolVersion: '1.3', maximumProtocolVersion: '1.1'}},
             \(routes)}
            """,
            "unreported spec.virtualhost.tls.maximumProtocolVersion ~tls-version-unknown"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, authorization: {authPolicy: {disabled: true}}, jwtProviders: [\(provider)],
             tls: {secretName: s, enableFallbackCertificate: true, clientValidation: {caSecret: c}}}, \(routes)}
            """,
            fallback,
            fallback,
            fallback,
            absent
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {secretName: s, clientValidation: {}}}, \(routes)}",
            "goOn spec.virtualhost.tls.clientValidation.caSecret client-validation-without-ca "
                + "TLSError/ClientValidationInvalid"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {secretName: s, clientValidation: {skipClientCertValidation: true}}}, \(routes)}"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {passthrough: true}}, \(routes)}",
            "unreported spec.virtualhost.tls.passthrough ~passthrough-without-tcpproxy"
        ),
    ])
    func looksAtTLS(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(
            "{virtualhost: {fqdn: a}, \(tcp)}",
            "stop spec.tcpproxy tcpproxy-without-tls TCPProxyError/TLSMustBeConfigured"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {passthrough: true}},
             tcpproxy: {services: [{name: a, port: 80}], includes: {name: b}}}
            """,
            "unreported spec.tcpproxy.includes ~deprecated-field",
            "stop spec.tcpproxy tcpproxy-services-and-include TCPProxyError/NoServicesAndInclude"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {passthrough: true}}, tcpproxy: {}}",
            "stop spec.tcpproxy tcpproxy-empty TCPProxyError/NothingDefined"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {passthrough: true}},
             tcpproxy: {services: [{name: a, port: 80, protocol: h3}], loadBalancerPolicy: {strategy: Cookie}}}
            """,
            "note spec.tcpproxy.loadBalancerPolicy.strategy ~tcpproxy-strategy-ignored TCPProxyError/IgnoredField",
            "stop spec.tcpproxy.services[0].protocol protocol-unsupported ServiceError/UnsupportedProtocol"
        ),
        CheckCase(
            "{tcpproxy: {services: [{name: a, port: 0}]}}",
            "stop spec.tcpproxy.services[0].port port-invalid TCPProxyError/ServiceUnresolvedReference"
        ),
    ])
    func looksAtTCP(example: CheckCase) throws { try CheckedProxy.expect(example) }
}
