package import Admission
package import ContourAPI
package import Controller
package import HTTP
package import Kubernetes
package import Platform

/// How the server is set up.
package struct ServerSettings: Sendable {
    /// The user as whom the loop asks the API server, by default that of `manifests/base`.
    package static let defaultUsername = "system:serviceaccount:canarygate-system:canarygate"

    /// Where the API server's reviews arrive, over TLS: `host:port`.
    package var listen = "[::]:8443"
    /// Where probes and Prometheus ask, in plain HTTP: `host:port`.
    package var metricsListen = "[::]:8080"
    /// The PEM file of the serving certificate's chain.
    package var certificatePath: String
    /// The PEM file of its key.
    package var privateKeyPath: String
    /// Which cluster, and who we are there.
    package var kubeconfig: Kubeconfig
    /// The Prometheus that measures, for example `http://prometheus.monitoring:9090`.
    package var prometheus: String
    /// The user as whom the loop asks; what it changes passes the gate untouched.
    package var username = ServerSettings.defaultUsername
    /// KEDA's operator, which may scale what canaries drive.
    package var kedaUsername = ControlPlane.kedaByDefault
    /// The namespace to look after; nil for all.
    package var namespace: String?
    /// Contour's ingress class for new HTTPProxies; nil for its default.
    package var ingressClass: String?
    /// What of the teams' objects is copied for the primaries.
    package var copying = CopySettings()
    /// Whether only admission runs and the loop does not: for use beside Flagger.
    package var isAdmissionOnly = false
    /// By which lease replicas agree on whose loop runs; nil where there is one replica alone.
    package var lease: LeaseSettings?
    /// How many Canaries are worked at at once.
    package var workers = 8
    /// What becomes of the rules' findings.
    package var modes = RuleModes(RuleCatalogue.book)
    /// How Contour is set up, as far as verdicts depend on it.
    package var contour = ContourSettings()
    /// Where the loop's journal goes as JSON lines: a file, or `-` for standard output; nil for nowhere.
    package var journalPath: String?
    /// Whether Canaries may refer to templates and providers of their own namespace alone.
    package var refusesForeignNamespaces = false
    /// Where hosts are that no name server knows.
    package var addresses = AddressBook()
    /// The proxies that lead to the API server, to metric servers and to hooks.
    package var proxies = ProxySettings()
    /// The only time that there is.
    package var clock: any WallClock = SystemClock()
    /// The PEM file of the authorities whose client certificates the webhooks' port requires; nil to ask for none.
    package var clientAuthorityPath: String?
    /// The names of which a client's certificate must have one; any may come when empty.
    package var clientNames: [String] = []

    /// How long reviews are answered after the signal to stop, by the machine's clock: 5 s, in which kube-proxy everywhere
    /// has learned that the pod is no endpoint any more.
    package var drainDelay = Duration.seconds(5)
    /// How many descriptors the process may have open.
    package var descriptorLimit = Int.max

    /// The settings named, the rest as they are by default.
    package init(certificatePath: String, privateKeyPath: String, kubeconfig: Kubeconfig, prometheus: String) {
        self.certificatePath = certificatePath
        self.privateKeyPath = privateKeyPath
        self.kubeconfig = kubeconfig
        self.prometheus = prometheus
    }
}
