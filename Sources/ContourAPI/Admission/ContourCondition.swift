package import JSON
package import Schema

/// What Contour writes into an HTTPProxy's status for a fault: the type and the reason of an error or a warning under
/// the condition `Valid`.
///
/// Source: the status of `projectcontour.io/v1` HTTPProxy.
package struct ContourCondition: Hashable, Sendable {
    /// `RouteError`.
    package let type: String
    /// `PathMatchConditionsNotValid`.
    package let reason: String

    /// The condition that Contour reports for `finding` in `proxy`; nil where it takes the object and something else
    /// comes of it than was meant, and for findings about anything but an HTTPProxy.
    package init?(_ finding: Finding, in proxy: JSONValue) {
        let prefix = "httpproxy/"
        guard finding.rule.hasPrefix(prefix) else { return nil }
        let name = String(finding.rule.dropFirst(prefix.count))
        if name == "include-self" {
            let isRoot = !(proxy[path: "spec", "virtualhost"] ?? .null).isNull
            self.init(type: "IncludeError", reason: isRoot ? "RootIncludesRoot" : "IncludeCreatesCycle")
            return
        }
        guard let (type, reason) = Self.conditions[name] else { return nil }
        let isUnresolved = reason == "ServiceUnresolvedReference"
        let isTCP = isUnresolved && finding.path.hasPrefix("spec.tcpproxy")
        self.init(type: isTCP ? "TCPProxyError" : type, reason: reason)
    }

    private init(type: String, reason: String) {
        self.type = type
        self.reason = reason
    }

    /// Type and reason by the name of the rule.
    private static let conditions: [String: (type: String, reason: String)] = [
        "fqdn-missing": ("VirtualHostError", "FQDNNotSpecified"),
        "fqdn-taken": ("VirtualHostError", "DuplicateVhost"),
        "header-conditions": ("RouteError", "HeaderMatchConditionsNotValid"),
        "include-duplicate": ("IncludeError", "DuplicateMatchConditions"),
        "include-missing": ("IncludeError", "IncludeNotFound"),
        "include-path-conditions": ("IncludeError", "PathMatchConditionsNotValid"),
        "include-root": ("IncludeError", "RootIncludesRoot"),
        "ip-allow-and-deny": ("IPFilterError", "IncompatibleIPAddressFilters"),
        "jwt-require-and-disabled": ("JWTVerificationError", "InvalidJWTVerificationPolicy"),
        "nothing-defined": ("SpecError", "NothingDefined"),
        "passthrough-client-validation": ("TLSError", "TLSIncompatibleFeatures"),
        "passthrough-fallback": ("TLSError", "TLSIncompatibleFeatures"),
        "port-invalid": ("ServiceError", "ServicePortInvalid"),
        "protocol-unsupported": ("ServiceError", "UnsupportedProtocol"),
        "query-conditions": ("RouteError", "QueryParameterMatchConditionsNotValid"),
        "redirect-path-and-prefix": ("RouteError", "RequestRedirectPolicy"),
        "replace-prefix-ambiguous": ("PrefixReplaceError", "AmbiguousReplacement"),
        "replace-prefix-duplicate": ("PrefixReplaceError", "DuplicateReplacement"),
        "replace-prefix-without-prefix": ("PrefixReplaceError", "MustHavePrefix"),
        "root-namespace": ("RootNamespaceError", "RootProxyNotAllowedInNamespace"),
        "route-action-count": ("RouteError", "RouteActionCountNotValid"),
        "route-path-conditions": ("RouteError", "PathMatchConditionsNotValid"),
        "second-mirror": ("ServiceError", "OnlyOneMirror"),
        "service-missing": ("ServiceError", "ServiceUnresolvedReference"),
        "service-port-missing": ("ServiceError", "ServiceUnresolvedReference"),
        "tcpproxy-empty": ("TCPProxyError", "NothingDefined"),
        "tcpproxy-services-and-include": ("TCPProxyError", "NoServicesAndInclude"),
        "tcpproxy-without-tls": ("TCPProxyError", "TLSMustBeConfigured"),
        "timeout-invalid": ("RouteError", "TimeoutPolicyNotValid"),
        "tls-source": ("TLSError", "TLSConfigNotValid"),
        "tls-version-order": ("TLSError", "TLSConfigNotValid"),
    ]
}
