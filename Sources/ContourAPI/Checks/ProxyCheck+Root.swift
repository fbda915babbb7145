import Schema

/// What is looked for on a root.
extension ProxyCheck {
    static let fqdnMissing = ProxyCheck("fqdn-missing", .stop, "VirtualHostError", "FQDNNotSpecified")
    static let rootNamespace = ProxyCheck(
        "root-namespace",
        .stop,
        "RootNamespaceError",
        "RootProxyNotAllowedInNamespace"
    )
    static let nothingDefined = ProxyCheck("nothing-defined", .stop, "SpecError", "NothingDefined")
    static let tokensWithoutTLS = ProxyCheck(
        "jwt-without-tls",
        .stop,
        "JWTVerificationError",
        "JWTVerificationNotPermitted"
    )
    static let authorizationWithoutTLS = ProxyCheck(
        "authorization-without-tls",
        .stop,
        "AuthError",
        "AuthNotPermitted"
    )
    static let allowAndDeny = ProxyCheck(
        "ip-allow-and-deny",
        .stop,
        "IPFilterError",
        "IncompatibleIPAddressFilters"
    )
    static let addressRange = ProxyCheck("ip-range-invalid", .goOn, "IPFilterError", "InvalidCIDR")

    static let passthroughFallback = ProxyCheck(
        "passthrough-fallback",
        .goOn,
        "TLSError",
        "TLSIncompatibleFeatures"
    )
    static let tlsSource = ProxyCheck("tls-source", .stop, "TLSError", "TLSConfigNotValid")
    static let passthroughValidation = ProxyCheck(
        "passthrough-client-validation",
        .stop,
        "TLSError",
        "TLSIncompatibleFeatures"
    )
    static let tlsVersionOrder = ProxyCheck("tls-version-order", .stop, "TLSError", "TLSConfigNotValid")
    static let fallbackIncompatible = ProxyCheck(
        "fallback-incompatible",
        .stop,
        "TLSError",
        "TLSIncompatibleFeatures"
    )
    static let fallbackAbsent = ProxyCheck(
        "fallback-not-configured",
        .warn,
        .stop,
        "TLSError",
        "FallbackNotPresent"
    )
    static let fallbackUnusable = ProxyCheck("fallback-unusable", .warn, .stop, "TLSError", "FallbackNotValid")
    static let clientAuthority = ProxyCheck(
        "client-validation-without-ca",
        .goOn,
        "TLSError",
        "ClientValidationInvalid"
    )

    static let authorizationVersion = ProxyCheck(
        "authorization-api-version",
        .stop,
        "AuthError",
        "AuthBadResourceVersion"
    )
    static let extensionService = ProxyCheck(
        "extension-service-missing",
        .warn,
        .stop,
        "AuthError",
        "ExtensionServiceNotFound"
    )
    static let authorizationTimeout = ProxyCheck(
        "authorization-timeout",
        .stop,
        "AuthError",
        "AuthResponseTimeoutInvalid"
    )
    static let authorizationContext = ProxyCheck(
        "authorization-context-http",
        .stop,
        "AuthError",
        "AuthContextForHTTP"
    )
    static let authorizationHeader = ProxyCheck(
        "authorization-header-match",
        .stop,
        "AuthError",
        "AuthBadAllowedHeader"
    )
    static let authorizationSettings = ProxyCheck(silent: "authorization-http-settings")

    static let corsOrigin = ProxyCheck("cors-origin", .stop, "CORSError", "PolicyDidNotParse")
    static let corsMethods = ProxyCheck("cors-methods", .stop, "CORSError", "PolicyDidNotParse")
    static let corsMaxAge = ProxyCheck("cors-max-age", .stop, "CORSError", "PolicyDidNotParse")
}
