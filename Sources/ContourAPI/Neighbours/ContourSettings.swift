package import Kubernetes

/// How Contour itself is set up, as far as its verdicts depend on it.
///
/// Source: Contour's configuration file and the flags of `contour serve`.
package struct ContourSettings: Hashable, Sendable {
    /// Where roots may be (`--root-namespaces`); empty for everywhere.
    package var rootNamespaces: [String]
    /// The ingress classes that it takes (`--ingress-class-name`); empty for objects of none or of the class `contour`.
    package var ingressClasses: [String]
    /// Whether it routes to Services of the type ExternalName (`enableExternalNameService`).
    package var allowsExternalNames: Bool
    /// The Secret of the fallback certificate (`tls.fallback-certificate`); nil where none is set.
    package var fallbackCertificate: ObjectKey?
    /// The Secret of the certificate that Envoy shows to upstreams (`tls.envoy-client-certificate`); nil where none is
    /// set.
    package var clientCertificate: ObjectKey?
    /// The ExtensionService that authorises every virtual host which does not turn it off (`globalExtAuth`); nil where
    /// none is set.
    package var authorization: ObjectKey?

    /// Contour's own defaults.
    package init(
        rootNamespaces: [String] = [],
        ingressClasses: [String] = [],
        allowsExternalNames: Bool = false,
        fallbackCertificate: ObjectKey? = nil,
        clientCertificate: ObjectKey? = nil,
        authorization: ObjectKey? = nil
    ) {
        self.rootNamespaces = rootNamespaces
        self.ingressClasses = ingressClasses
        self.allowsExternalNames = allowsExternalNames
        self.fallbackCertificate = fallbackCertificate
        self.clientCertificate = clientCertificate
        self.authorization = authorization
    }
}
