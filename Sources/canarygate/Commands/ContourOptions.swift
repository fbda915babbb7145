import ArgumentParser
package import ContourAPI
import Kubernetes

/// How Contour itself is set up, as far as verdicts depend on it: `serve`, `lint` and `graph` take the same.
package struct ContourOptions: ParsableArguments {
    @Option(
        name: [.customLong("contour-root-namespaces"), .customLong("root-namespaces")],
        help:
            "The namespaces that Contour takes roots from, comma-separated; all by default. [CANARYGATE_CONTOUR_ROOT_NAMESPACES]"
    )
    var rootNamespaces: String?

    @Option(
        name: .customLong("contour-ingress-class"),
        help:
            "The ingress classes that Contour takes, comma-separated; by default objects of none or of the class contour. [CANARYGATE_CONTOUR_INGRESS_CLASS]"
    )
    var ingressClasses: String?

    @Flag(
        name: .customLong("contour-external-names"),
        help: "Contour routes to Services of the type ExternalName. [CANARYGATE_CONTOUR_EXTERNAL_NAMES=true]"
    )
    var allowsExternalNames = false

    @Option(
        name: .customLong("contour-fallback-certificate"),
        help: "The Secret of Contour's fallback certificate, namespace/name. [CANARYGATE_CONTOUR_FALLBACK_CERTIFICATE]"
    )
    var fallbackCertificate: String?

    @Option(
        name: .customLong("contour-client-certificate"),
        help:
            "The Secret of the certificate that Envoy shows to upstreams, namespace/name. [CANARYGATE_CONTOUR_CLIENT_CERTIFICATE]"
    )
    var clientCertificate: String?

    @Option(
        name: .customLong("contour-authorization"),
        help:
            "The ExtensionService that authorises all hosts, namespace/name. [CANARYGATE_CONTOUR_AUTHORIZATION]"
    )
    var authorization: String?

    package init() {}

    package func validate() throws { _ = try settings(Settings(environment: [:])) }

    /// What they, or what `environment` has instead, say.
    ///
    /// - Throws: `ValidationError` for a list without names, and for what is no namespace and name.
    package func settings(_ environment: Settings) throws -> ContourSettings {
        let isOpen = try environment.value(
            "CANARYGATE_CONTOUR_EXTERNAL_NAMES",
            given: allowsExternalNames ? true : nil
        )
        return ContourSettings(
            rootNamespaces: try Self.names(
                "--contour-root-namespaces",
                environment.value("CANARYGATE_CONTOUR_ROOT_NAMESPACES", given: rootNamespaces)
            ),
            ingressClasses: try Self.names(
                "--contour-ingress-class",
                environment.value("CANARYGATE_CONTOUR_INGRESS_CLASS", given: ingressClasses)
            ),
            allowsExternalNames: isOpen ?? false,
            fallbackCertificate: try Self.key(
                "--contour-fallback-certificate",
                environment.value("CANARYGATE_CONTOUR_FALLBACK_CERTIFICATE", given: fallbackCertificate)
            ),
            clientCertificate: try Self.key(
                "--contour-client-certificate",
                environment.value("CANARYGATE_CONTOUR_CLIENT_CERTIFICATE", given: clientCertificate)
            ),
            authorization: try Self.key(
                "--contour-authorization",
                environment.value("CANARYGATE_CONTOUR_AUTHORIZATION", given: authorization)
            )
        )
    }

    private static func names(_ option: String, _ list: String?) throws -> [String] {
        guard let list else { return [] }
        let names = list.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        guard !names.isEmpty else { throw ValidationError("\(option): \"\(list)\", expected names like a,b") }
        return names
    }

    private static func key(_ option: String, _ text: String?) throws -> ObjectKey? {
        guard let text else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("\(option): \(text), expected namespace/name")
        }
        return ObjectKey(namespace: parts[0], name: parts[1])
    }
}
