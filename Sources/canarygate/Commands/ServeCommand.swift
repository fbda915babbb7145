import Admission
import ArgumentParser
import ContourAPI
import HTTP
import Kubernetes
import Logging
import Platform
import Sockets
import UnixSignals

/// `canarygate serve`: the webhooks and the loop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer the API server's admission reviews, and drive the canaries.",
        discussion: """
            Every flag has an environment variable, named in brackets; a flag that is given wins. Without a kubeconfig \
            the pod's service account is used, and outside a cluster $KUBECONFIG or ~/.kube/config.
            """
    )

    @Option(help: "Where reviews arrive over TLS, host:port; [::]:8443 by default. [CANARYGATE_LISTEN]")
    var listen: String?

    @Option(
        help: "Where probes and metrics are asked for, host:port; [::]:8080 by default. [CANARYGATE_METRICS_LISTEN]"
    )
    var metricsListen: String?

    @Option(help: "PEM file of the serving certificate; certs/tls.crt by default. [CANARYGATE_CERTIFICATE]")
    var certificate: String?

    @Option(help: "PEM file of its private key; certs/tls.key by default. [CANARYGATE_PRIVATE_KEY]")
    var privateKey: String?

    @Option(help: "The kubeconfig file. [CANARYGATE_KUBECONFIG]")
    var kubeconfig: String?

    @Option(help: "The kubeconfig's context; its current one by default. [CANARYGATE_CONTEXT]")
    var context: String?

    @Option(
        help: "The Prometheus that scrapes Contour's Envoy; http://prometheus:9090 by default. [CANARYGATE_PROMETHEUS]"
    )
    var prometheus: String?

    @Option(help: "The one namespace to look after; all by default. [CANARYGATE_NAMESPACE]")
    var namespace: String?

    @Option(help: "Contour's ingress class for the HTTPProxies that are made. [CANARYGATE_INGRESS_CLASS]")
    var ingressClass: String?

    @Option(
        help: "The user as whom the loop asks; \(ServerSettings.defaultUsername) by default. [CANARYGATE_USERNAME]"
    )
    var username: String?

    @Option(
        help: """
            KEDA's operator, which may scale what canaries drive; \(ControlPlane.kedaByDefault) by default. \
            [CANARYGATE_KEDA_USERNAME]
            """
    )
    var kedaUsername: String?

    @Option(
        name: .customLong("resolve"),
        help:
            "Where a hook's or metric server's host is: host:port=address:port; may be given several times. [CANARYGATE_RESOLVE, comma-separated]"
    )
    var addresses: [String] = []

    @Option(
        help: "How long reviews are answered after SIGTERM while /readyz fails; 5s by default. [CANARYGATE_DRAIN_DELAY]"
    )
    var drainDelay: String?

    @OptionGroup(title: "Rules and loop") var loop: LoopOptions

    @OptionGroup(title: "Replicas") var election: ElectionOptions

    @OptionGroup(title: "Copies for primaries") var copies: CopyOptions

    @OptionGroup(title: "Contour") var contour: ContourOptions

    @OptionGroup(title: "Logging") var logging: LoggingOptions

    @OptionGroup(title: "Time") var clock: ClockOptions

    @OptionGroup(title: "Client certificates") var clients: ClientCertificateOptions

    func run() async throws {
        let environment = Settings(environment: ProcessEnvironment.variables)
        var settings = try serverSettings(environment)
        let notices = try loop.apply(to: &settings, environment: environment)
        try election.apply(to: &settings, environment: environment, variables: ProcessEnvironment.variables)
        settings.descriptorLimit = DescriptorLimit.raise()
        try logging.bootstrap(clock: settings.clock, settings: environment)
        for notice in notices {
            Logger(label: "canarygate.serve").warning("about a setting", metadata: ["setting": "\(notice)"])
        }
        let loops = EventLoopGroup()
        defer { loops.shutdown() }
        try await CanaryGateServer(settings, loops: loops).run(until: [.sigterm, .sigint])
    }

    private func serverSettings(_ environment: Settings) throws -> ServerSettings {
        let prometheus =
            try environment.value("CANARYGATE_PROMETHEUS", given: prometheus) ?? "http://prometheus:9090"
        guard HTTPEndpoint(url: prometheus) != nil else {
            throw ValidationError("--prometheus: \(prometheus), expected a URL like http://prometheus:9090")
        }
        var settings = ServerSettings(
            certificatePath: try environment.value("CANARYGATE_CERTIFICATE", given: certificate) ?? "certs/tls.crt",
            privateKeyPath: try environment.value("CANARYGATE_PRIVATE_KEY", given: privateKey) ?? "certs/tls.key",
            kubeconfig: try loadKubeconfig(environment),
            prometheus: prometheus
        )
        settings.listen = try environment.value("CANARYGATE_LISTEN", given: listen) ?? settings.listen
        settings.metricsListen =
            try environment.value("CANARYGATE_METRICS_LISTEN", given: metricsListen) ?? settings.metricsListen
        settings.namespace = try environment.value("CANARYGATE_NAMESPACE", given: namespace)
        settings.ingressClass = try environment.value("CANARYGATE_INGRESS_CLASS", given: ingressClass)
        settings.copying = try copies.settings(environment)
        settings.contour = try contour.settings(environment)
        // Where no class is named, Contour takes that of the HTTPProxies which the loop makes, or the canaries get none.
        if settings.contour.ingressClasses.isEmpty, let own = settings.ingressClass, own != "contour" {
            settings.contour.ingressClasses = [own]
        }
        settings.username = try environment.value("CANARYGATE_USERNAME", given: username) ?? settings.username
        settings.kedaUsername =
            try environment.value("CANARYGATE_KEDA_USERNAME", given: kedaUsername) ?? settings.kedaUsername
        settings.addresses = try AddressBook(environment.list("CANARYGATE_RESOLVE", given: addresses))
        settings.proxies = try ProxySettings(environment: ProcessEnvironment.variables)
        settings.clock = try clock.makeClock(settings: environment)
        settings.drainDelay = try drainDelay(environment) ?? settings.drainDelay
        try clients.apply(to: &settings, environment: environment)
        return settings
    }

    private func drainDelay(_ environment: Settings) throws -> Duration? {
        guard let text = try environment.value("CANARYGATE_DRAIN_DELAY", given: drainDelay) else { return nil }
        guard let delay = GoDuration(text)?.duration, delay >= .zero, delay <= .seconds(3_600) else {
            throw ValidationError("--drain-delay: \(text), expected a duration between 0s and 1h like 5s")
        }
        return delay
    }

    private func loadKubeconfig(_ environment: Settings) throws -> Kubeconfig {
        let context = try environment.value("CANARYGATE_CONTEXT", given: context)
        if let path = try environment.value("CANARYGATE_KUBECONFIG", given: kubeconfig) {
            return try Kubeconfig.load(path: path, context: context)
        }
        let variables = ProcessEnvironment.variables
        if let cluster = try Kubeconfig.inCluster(environment: variables) { return cluster }
        let paths = Kubeconfig.paths(environment: variables)
        guard !paths.isEmpty else {
            throw ValidationError("no cluster: give --kubeconfig, set KUBECONFIG, or run in a pod")
        }
        return try Kubeconfig.load(paths: paths, context: context)
    }
}
