import Testing

/// V20, V22 to V24, V26, V27, V29.
@Suite(.timeLimit(.minutes(1))) struct AuthorizationAndTokenChecksTests {
    private static func authorization(_ fields: String) -> String {
        """
        {virtualhost: {fqdn: a, tls: {secretName: s}, authorization: {extensionRef: {name: x}, \(fields)}},
         routes: [{services: [{name: a, port: 80}]}]}
        """
    }

    private static let path = "spec.virtualhost.authorization"

    @Test(arguments: [
        CheckCase(authorization("responseTimeout: infinity")),
        CheckCase(
            authorization("responseTimeout: s"),
            "stop \(path).responseTimeout authorization-timeout AuthError/AuthResponseTimeoutInvalid"
        ),
        CheckCase(authorization("responseTimeout: '0'"), "unreported \(path).responseTimeout authorization-timeout"),
        CheckCase(
            authorization("serviceType: http, authPolicy: {context: {a: b}}"),
            "stop \(path).authPolicy.context authorization-context-http AuthError/AuthContextForHTTP"
        ),
        CheckCase(authorization("serviceType: grpc, authPolicy: {context: {a: b}}")),
        CheckCase(
            authorization(
                """
                serviceType: http, httpSettings: {allowedAuthorizationHeaders: [{exact: a}, {ignoreCase: true}],
                allowedUpstreamHeaders: [{exact: a, prefix: b}]}
                """
            ),
            "stop \(path).httpSettings.allowedAuthorizationHeaders[1] authorization-header-match "
                + "AuthError/AuthBadAllowedHeader",
            "stop \(path).httpSettings.allowedUpstreamHeaders[0] authorization-header-match "
                + "AuthError/AuthBadAllowedHeader"
        ),
        CheckCase(
            authorization("httpSettings: {pathPrefix: /a}"),
            "unreported \(path).httpSettings authorization-http-settings"
        ),
        CheckCase(
            authorization("serviceType: tcp, withRequestBody: {maxRequestBytes: 0}"),
            "unreported \(path).serviceType not-a-choice",
            "unreported \(path).withRequestBody.maxRequestBytes out-of-range"
        ),
    ])
    func looksAtTheServer(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test func looksAtTheServersVersion() throws {
        let spec = """
            {virtualhost: {fqdn: a, tls: {secretName: s},
             authorization: {extensionRef: {name: x, apiVersion: projectcontour.io/v1}}}, includes: [{name: b}]}
            """
        #expect(
            try CheckedProxy.found(spec) == [
                "stop \(Self.path).extensionRef.apiVersion authorization-api-version AuthError/AuthBadResourceVersion"
            ]
        )
    }

    private static func providers(_ list: String) -> String {
        """
        {virtualhost: {fqdn: a, tls: {secretName: s}, jwtProviders: [\(list)]},
         routes: [{services: [{name: a, port: 80}]}]}
        """
    }

    private static func remote(_ fields: String) -> String { providers("{name: p, remoteJWKS: {\(fields)}}") }

    private static let first = "spec.virtualhost.jwtProviders[0]"
    private static let second = "spec.virtualhost.jwtProviders[1]"
    private static let tokens = "JWTVerificationError"

    @Test(arguments: [
        CheckCase(
            providers(
                "{name: p, default: true, localJWKS: {secretName: s, key: k}}, {name: p, localJWKS: {secretName: s, key: k}}"
            ),
            "stop \(second).name jwt-provider-duplicate \(tokens)/DuplicateProviderName"
        ),
        CheckCase(
            providers(
                """
                {name: p, default: true, localJWKS: {secretName: s, key: k}},
                {name: q, default: true, localJWKS: {secretName: s, key: k}}
                """
            ),
            "stop \(second).default jwt-default-duplicate \(tokens)/MultipleDefaultProvidersSpecified"
        ),
        CheckCase(providers("{name: p}"), "stop \(first) jwks-source \(tokens)/JWKSSourceMissing"),
        CheckCase(providers("{name: p, remoteJWKS: {}}"), "stop \(first) jwks-source \(tokens)/JWKSSourceMissing"),
        CheckCase(
            providers("{name: p, remoteJWKS: {uri: 'https://a'}, localJWKS: {secretName: s, key: k}}"),
            "stop \(first) jwks-source \(tokens)/JWKSSourceConflict"
        ),
        CheckCase(
            providers("{name: p, remoteJWKS: {timeout: 1s}, localJWKS: {secretName: s, key: k}}"),
            "unreported \(first) jwks-source"
        ),
        CheckCase(remote("uri: '%zz'"), "stop \(first).remoteJWKS.uri jwks-uri \(tokens)/RemoteJWKSURIInvalid"),
        CheckCase(remote("uri: 'ftp://a'"), "stop \(first).remoteJWKS.uri jwks-uri \(tokens)/RemoteJWKSSchemeInvalid"),
        CheckCase(
            remote("uri: 'https://a:99999999999999999999/'"),
            "stop \(first).remoteJWKS.uri jwks-uri \(tokens)/RemoteJWKSPortInvalid"
        ),
        CheckCase(
            remote("uri: 'http://a', validation: {caSecret: c, subjectName: n}"),
            "stop \(first).remoteJWKS.validation jwks-validation-http \(tokens)/RemoteJWKSUpstreamValidationInvalid"
        ),
        CheckCase(
            remote("uri: 'https://a', validation: {caSecret: c, subjectName: n, subjectNames: [m]}"),
            "stop \(first).remoteJWKS.validation.subjectNames[0] subject-names "
                + "\(tokens)/RemoteJWKSUpstreamValidationInvalid"
        ),
        CheckCase(
            remote("uri: 'https://a', timeout: infinity, cacheDuration: soon"),
            "stop \(first).remoteJWKS.timeout jwks-duration \(tokens)/RemoteJWKSTimeoutInvalid",
            "stop \(first).remoteJWKS.cacheDuration jwks-duration \(tokens)/RemoteJWKSCacheDurationInvalid"
        ),
        CheckCase(
            remote("uri: 'https://a', timeout: -1s"),
            "unreported \(first).remoteJWKS.timeout jwks-duration"
        ),
        CheckCase(
            remote("uri: 'https://a', dnsLookupFamily: v5"),
            "stop \(first).remoteJWKS.dnsLookupFamily jwks-dns-family \(tokens)/RemoteJWKSDNSLookupFamilyInvalid"
        ),
        CheckCase(
            remote("uri: 'https://a', dnsLookupFamily: all"),
            "unreported \(first).remoteJWKS.dnsLookupFamily jwks-dns-family"
        ),
    ])
    func looksAtTheProviders(example: CheckCase) throws { try CheckedProxy.expect(example) }
}
