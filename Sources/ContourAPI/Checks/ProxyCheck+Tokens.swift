import Schema

/// What is looked for on the providers of tokens, on a TCP proxy and on Secrets.
extension ProxyCheck {
    private static let tokens = "JWTVerificationError"

    static let providerDuplicate = ProxyCheck("jwt-provider-duplicate", .stop, tokens, "DuplicateProviderName")
    static let defaultDuplicate = ProxyCheck(
        "jwt-default-duplicate",
        .stop,
        tokens,
        "MultipleDefaultProvidersSpecified"
    )
    static let keySource = ProxyCheck("jwks-source", .stop, tokens, "JWKSSourceMissing")
    static let keyURL = ProxyCheck("jwks-uri", .stop, tokens, "RemoteJWKSURIInvalid")
    static let keyValidation = ProxyCheck(
        "jwks-validation-http",
        .stop,
        tokens,
        "RemoteJWKSUpstreamValidationInvalid"
    )
    static let keyDuration = ProxyCheck("jwks-duration", .stop, tokens, "RemoteJWKSTimeoutInvalid")
    static let keyFamily = ProxyCheck("jwks-dns-family", .stop, tokens, "RemoteJWKSDNSLookupFamilyInvalid")

    static let tcpWithoutTLS = ProxyCheck("tcpproxy-without-tls", .stop, "TCPProxyError", "TLSMustBeConfigured")
    static let tcpServicesAndInclude = ProxyCheck(
        "tcpproxy-services-and-include",
        .stop,
        "TCPProxyError",
        "NoServicesAndInclude"
    )
    static let tcpStrategy = ProxyCheck("tcpproxy-strategy-ignored", .warn, .note, "TCPProxyError", "IgnoredField")
    static let tcpEmpty = ProxyCheck("tcpproxy-empty", .stop, "TCPProxyError", "NothingDefined")

    static let secretMissing = ProxyCheck("secret-missing", .warn, .stop, "TLSError", "SecretNotValid")
    static let secretUnusable = ProxyCheck("secret-unusable", .warn, .stop, "TLSError", "SecretNotValid")
    static let secretUndelegated = ProxyCheck(
        "secret-not-delegated",
        .warn,
        .stop,
        "TLSError",
        "DelegationNotPermitted"
    )
}
