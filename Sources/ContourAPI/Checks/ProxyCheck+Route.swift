import Schema

/// What is looked for on routes and includes.
extension ProxyCheck {
    static let includeSelf = ProxyCheck("include-self", .skipInclude, "IncludeError", "IncludeCreatesCycle")
    static let includePath = ProxyCheck(
        "include-path-conditions",
        .skipInclude,
        "IncludeError",
        "PathMatchConditionsNotValid"
    )
    static let includeDuplicate = ProxyCheck(
        "include-duplicate",
        .skipInclude,
        "IncludeError",
        "DuplicateMatchConditions"
    )

    static let actionCount = ProxyCheck("route-action-count", .drop, "RouteError", "RouteActionCountNotValid")
    static let routePath = ProxyCheck(
        "route-path-conditions",
        .drop,
        "RouteError",
        "PathMatchConditionsNotValid"
    )
    static let headerConditions = ProxyCheck(
        "header-conditions",
        .drop,
        "RouteError",
        "HeaderMatchConditionsNotValid"
    )
    static let inheritedHeaderConditions = ProxyCheck(
        "inherited-conditions",
        .warn,
        .drop,
        "RouteError",
        "HeaderMatchConditionsNotValid"
    )
    static let queryConditions = ProxyCheck(
        "query-conditions",
        .drop,
        "RouteError",
        "QueryParameterMatchConditionsNotValid"
    )
    static let inheritedQueryConditions = ProxyCheck(
        "inherited-conditions",
        .warn,
        .drop,
        "RouteError",
        "QueryParameterMatchConditionsNotValid"
    )
    static let headerName = ProxyCheck("headers-policy-name", .drop, "RouteError", "RequestHeadersPolicyInvalid")
    static let headerDuplicate = ProxyCheck(
        "headers-policy-duplicate",
        .drop,
        "RouteError",
        "RequestHeadersPolicyInvalid"
    )
    static let headerHost = ProxyCheck("headers-policy-host", .drop, "RouteError", "ResponseHeaderPolicyInvalid")
    static let cookieDuplicate = ProxyCheck(
        "cookie-rewrite-duplicate",
        .drop,
        "RouteError",
        "CookieRewritePoliciesInvalid"
    )
    static let cookieEmpty = ProxyCheck(
        "cookie-rewrite-empty",
        .drop,
        "RouteError",
        "CookieRewritePoliciesInvalid"
    )
    static let timeout = ProxyCheck("timeout-invalid", .drop, "RouteError", "TimeoutPolicyNotValid")
    static let rateRequests = ProxyCheck("rate-limit-requests", .drop, "RouteError", "RateLimitPolicyNotValid")
    static let rateUnit = ProxyCheck("rate-limit-unit", .drop, "RouteError", "RateLimitPolicyNotValid")
    static let rateEntry = ProxyCheck("rate-limit-entry", .drop, "RouteError", "RateLimitPolicyNotValid")
    static let hashIgnored = ProxyCheck("hash-policy-ignored", .warn, .note, "SpecError", "IgnoredField")
    static let hashMissing = ProxyCheck("hash-policies-missing", .warn, .note, "SpecError", "IgnoredField")
    static let redirectTarget = ProxyCheck(
        "redirect-path-and-prefix",
        .drop,
        "RouteError",
        "RequestRedirectPolicy"
    )
    static let replaceWithoutPrefix = ProxyCheck(
        "replace-prefix-without-prefix",
        .drop,
        "PrefixReplaceError",
        "MustHavePrefix"
    )
    static let replaceDuplicate = ProxyCheck(
        "replace-prefix-duplicate",
        .drop,
        "PrefixReplaceError",
        "DuplicateReplacement"
    )
    static let replaceAmbiguous = ProxyCheck(
        "replace-prefix-ambiguous",
        .drop,
        "PrefixReplaceError",
        "AmbiguousReplacement"
    )
    static let healthStatuses = ProxyCheck(
        "health-check-statuses",
        .drop,
        "RouteError",
        "HealthCheckPolicyInvalid"
    )
    static let tokenPolicy = ProxyCheck(
        "jwt-require-and-disabled",
        .drop,
        "JWTVerificationError",
        "InvalidJWTVerificationPolicy"
    )
}
