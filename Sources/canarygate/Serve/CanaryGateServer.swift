package import Admission
import Analysis
package import ContourAPI
import Controller
package import FlaggerAPI
import Gate
import HTTP
import Kubernetes
import Logging
import Platform
import ServiceLifecycle
package import Sockets
import TLS
package import UnixSignals

/// The whole server: webhooks, probes, informers and the loop.
package struct CanaryGateServer: Sendable {
    private let settings: ServerSettings
    private let informers: InformerSet
    private let webhooks: HTTPServer
    private let operations: HTTPServer
    private let renewal: CertificateRenewal
    private let controller: Controller?
    private let events: EventRecorder
    private let departure: Departure

    /// Reads the certificate and listens; nothing is served before `run()`.
    ///
    /// - Throws: the fault of the certificate, the kubeconfig's certificates or an address, in words.
    package init(_ settings: ServerSettings, loops: EventLoopGroup) throws {
        self.settings = settings
        let metrics = ServerMetrics()
        let client = try settings.kubeconfig.makeClient(loops: loops, proxies: settings.proxies)
        let informers = InformerSet(
            api: client,
            namespace: settings.namespace,
            clock: settings.clock,
            isDriving: !settings.isAdmissionOnly
        )
        let certificate = try ServingCertificate(CertificateFiles(settings))
        let configuration = Self.configuration(settings, certificate.context)
        let webhooks = try HTTPServer(
            configuration: configuration,
            loops: loops,
            handler: Self.admission(settings, informers, metrics)
        )
        let renewal = CertificateRenewal(certificate, settings: settings, server: webhooks)
        let departure = Departure(delay: settings.drainDelay)
        var operations = HTTPServer.Configuration(address: settings.metricsListen)
        // The kubelet, Prometheus and a person or two.
        operations.maxConnections = 128
        self.operations = try HTTPServer(
            configuration: operations,
            loops: loops,
            handler: OperationsHandler(
                metrics: {
                    metrics.exposition(of: informers.store.current) + renewal.exposition
                        + ServerMetrics.exposition(of: webhooks.statistics)
                },
                obstacles: { Self.obstacles(informers, renewal, departure) }
            )
        )
        let events = EventRecorder(api: client, clock: settings.clock, component: "canarygate")
        controller = try settings.isAdmissionOnly ? nil : Self.controller(settings, client, events, metrics, loops)
        self.events = events
        self.informers = informers
        self.webhooks = webhooks
        self.renewal = renewal
        self.departure = departure
    }

    /// Serves until the task is cancelled, or a signal of `signals` arrives: then probes fail, the loop stops where it is,
    /// reviews are answered for the drain delay or until another signal arrives, those in flight to their end, and it
    /// returns.
    ///
    /// - Throws: what ended a part that should not have ended.
    package func run(until signals: [UnixSignal] = []) async throws {
        let arrivals = await UnixSignalsSequence(trapping: signals)
        Logger(label: "canarygate.server").notice(
            "listening",
            metadata: [
                "http.port": "\(webhooks.port)", "metrics.port": "\(operations.port)",
                "kube.server": "\(settings.kubeconfig.endpoint.url)",
                "loop.runs": "\(controller != nil)",
            ]
        )
        // They stop in the opposite order, each when the one after it has.
        var services: [any Service] = [
            ServicePart { [operations] in try await operations.run() },
            ServicePart { [informers] in await informers.run() },
            ServicePart { [renewal] in await renewal.run() },
            ServicePart { [events] in await events.run() },
            DepartingPart(server: webhooks, departure: departure),
        ]
        if let controller {
            // What the loop changes passes through the webhooks, which want the whole picture first.
            services.append(
                ServicePart { [informers] in
                    try await informers.waitUntilSynced()
                    await controller.run()
                }
            )
        }
        services.append(LeaveNotice(departure: departure, server: webhooks))
        var configuration = ServiceGroupConfiguration(
            services: services,
            logger: Logger(label: "canarygate.lifecycle")
        )
        // Above the delay and the drain of requests in flight, below the grace period of the manifest.
        configuration.maximumGracefulShutdownDuration = settings.drainDelay + .seconds(28)
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { [departure] followers in
            followers.addTask { await Self.follow(arrivals, group, departure) }
            defer { followers.cancelAll() }
            try await group.run()
        }
    }

    /// The first signal begins the shutdown, any other ends its delay.
    private static func follow(_ signals: UnixSignalsSequence, _ group: ServiceGroup, _ departure: Departure) async {
        var isFirst = true
        for await _ in signals {
            if isFirst { await group.triggerGracefulShutdown() } else { departure.end() }
            isFirst = false
        }
    }
}

extension CanaryGateServer {
    /// What is asked of the server, where `username` is the loop's user.
    ///
    /// With `isAdmissionOnly` gate and guard are left out: nobody would open a gate where the loop is off. `modes` says
    /// what becomes of the rules' findings, `rules` what they are asked under, `contour` how Contour is set up.
    package static func webhooks(
        username: String,
        isAdmissionOnly: Bool,
        modes: RuleModes = RuleModes(RuleCatalogue.book),
        rules: RuleSettings = RuleSettings(),
        contour: ContourSettings = ContourSettings()
    ) -> [any Webhook] {
        var rules = rules
        rules.isDriven = !isAdmissionOnly
        let judge = Judge(settings: rules, modes: modes)
        let contourJudge = ContourJudge(settings: contour, modes: modes, isDriving: !isAdmissionOnly)
        let judges: [any Webhook] = [
            CanaryDefaulter(judge: judge), CanaryValidator(judge: judge),
            FlaggerDefaulter(.metricTemplate, judge: judge), MetricTemplateValidator(judge: judge),
            FlaggerDefaulter(.alertProvider, judge: judge), AlertProviderValidator(judge: judge),
            HTTPProxyValidator(judge: contourJudge), CanaryDeletionGuard(judge: judge),
            ReferenceGuard(judge: contourJudge, secrets: SecretReader(certificates: OpenSSLCertificates())),
        ]
        guard !isAdmissionOnly else { return judges }
        return judges + [
            DeploymentGate(controllerUsername: username), OwnedObjectGuard(controllerUsername: username),
        ]
    }

    /// How the webhook port is served.
    private static func configuration(_ settings: ServerSettings, _ tls: TLSContext) -> HTTPServer.Configuration {
        let logger = Logger(label: "canarygate.server")
        var configuration = HTTPServer.Configuration(address: settings.listen, tls: tls)
        configuration.limits.bodyBytes = AdmissionHandler.bodyLimit
        configuration.refusal = AdmissionHandler.refusal
        configuration.requestTimeout = { RequestTimeout.of($0) }
        configuration.onLateAnswer = { path, id in
            logger.error("no answer in time", metadata: ["http.path": "\(path)", "error.id": "\(id)"])
        }
        let wanted = configuration.maxConnections
        let allowed = ConnectionBound.connections(wanted: wanted, descriptors: settings.descriptorLimit)
        if allowed < wanted {
            logger.warning(
                "fewer connections than usual",
                metadata: [
                    "http.connections": "\(allowed)", "http.connections.usual": "\(wanted)",
                    "process.descriptors": "\(settings.descriptorLimit)",
                ]
            )
        }
        configuration.maxConnections = allowed
        return configuration
    }

    private static func admission(
        _ settings: ServerSettings,
        _ informers: InformerSet,
        _ metrics: ServerMetrics
    ) -> any HTTPHandler {
        let judges = AdmissionHandler(
            webhooks: webhooks(
                username: settings.username,
                isAdmissionOnly: settings.isAdmissionOnly,
                modes: settings.modes,
                rules: RuleSettings(
                    refusesForeignNamespaces: settings.refusesForeignNamespaces,
                    namespace: settings.namespace
                ),
                contour: settings.contour
            ),
            view: { [store = informers.store] in store.current },
            clock: settings.clock,
            observe: { metrics.record($0) }
        )
        let handler = ConversionHandler(
            converters: [CanaryConverter()],
            clock: settings.clock,
            observe: { metrics.record($0) },
            next: judges
        )
        guard !settings.clientNames.isEmpty else { return handler }
        return ClientNameCheck(names: settings.clientNames, next: handler)
    }

    private static func controller(
        _ settings: ServerSettings,
        _ client: KubernetesClient,
        _ events: EventRecorder,
        _ metrics: ServerMetrics,
        _ loops: EventLoopGroup
    ) throws -> Controller {
        let connections = ConnectionBook(loops: loops, addresses: settings.addresses, proxies: settings.proxies)
        let unverified = ConnectionBook(
            loops: loops,
            addresses: settings.addresses,
            proxies: settings.proxies,
            tls: try TLSContext.client(skipsVerification: true)
        )
        let prometheus = settings.prometheus
        return Controller(
            api: client,
            clock: settings.clock,
            events: events,
            metrics: PrometheusMetricReader { server in
                let url = server ?? prometheus
                guard let endpoint = HTTPEndpoint(url: url) else {
                    throw MetricServerFailure(url: url)
                }
                return PrometheusClient(endpoint: endpoint, transport: connections.client(of: endpoint))
            },
            hooks: HTTPHookCaller(
                HookCaller(clock: settings.clock) { connections.client(of: $0) },
                unverified: HookCaller(clock: settings.clock) { unverified.client(of: $0) }
            ),
            settings: ControllerSettings(
                namespace: settings.namespace,
                ingressClass: settings.ingressClass,
                copying: settings.copying
            ),
            onStep: { canary, step in metrics.record(step, of: canary) }
        )
    }

    /// Why the server should not be asked now.
    private static func obstacles(
        _ informers: InformerSet,
        _ renewal: CertificateRenewal,
        _ departure: Departure
    ) -> [String] {
        var obstacles = informers.unsynced.map { "the first list of \($0) has not arrived" }
        if let fault = renewal.fault { obstacles.append(fault) }
        if departure.hasBegun { obstacles.append("shutting down") }
        return obstacles
    }
}

/// A Canary's `metricsServer` that is no URL.
private struct MetricServerFailure: Error, CustomStringConvertible {
    let url: String
    var description: String { "metricsServer \(url): expected an http or https URL" }
}
