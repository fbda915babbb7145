import Kubernetes
import Schema

/// Routes that require a provider of tokens which their root does not have.
///
/// Source: Contour's JWT verification; what Envoy does with a requirement that it does not know, its filter
/// `jwt_authn`.
extension GraphFaults {
    /// A route of the root itself.
    static func ownProviderUndefined(_ provider: String, route: Int, hasProviders: Bool) -> ProxyFault {
        fault(
            "jwt-provider-undefined",
            .deny,
            requirePath(route),
            provider,
            "the object has no provider \(provider)",
            "add it to spec.virtualhost.jwtProviders, or write one that is there",
            hasProviders
        )
    }

    /// A route of `child`, told of its root.
    static func childProviderUndefined(_ provider: String, by child: ObjectKey, hasProviders: Bool) -> ProxyFault {
        fault(
            "jwt-provider-of-child",
            .warn,
            "spec.virtualhost.jwtProviders",
            nil,
            "\(child) requires \(shown(provider))",
            "add it here",
            hasProviders
        )
    }

    /// A route of a child, told of it; `root` lacks the provider.
    static func providerMissingAbove(
        _ provider: String,
        route: Int,
        root: ObjectKey,
        hasProviders: Bool
    ) -> ProxyFault {
        fault(
            "jwt-provider-above",
            .warn,
            requirePath(route),
            provider,
            "root \(root) lacks it",
            "add it there",
            hasProviders
        )
    }

    private static func requirePath(_ route: Int) -> String { "spec.routes[\(route)].jwtVerificationPolicy.require" }

    private static func shown(_ provider: String) -> String {
        provider.count <= 30 ? provider : "\(provider.prefix(29))…"
    }

    private static func fault(
        _ rule: String,
        _ severity: Finding.Severity,
        _ path: String,
        _ value: String?,
        _ problem: String,
        _ remedy: String,
        _ hasProviders: Bool
    ) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/\(rule)",
                severity: severity,
                path: path,
                value: value,
                problem: problem,
                remedy: remedy,
                effect: hasProviders
                    ? "requests to that route get 403" : "requests to that route pass without a token being checked",
                reported: contour("JWTVerificationError", "JWTProviderNotDefined")
            ),
            .goOn
        )
    }
}
