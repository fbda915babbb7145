package import Admission
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
    private let loop: LoopPart?
    private let client: KubernetesClient
    private let events: EventRecorder
    private let departure: Departure
    private let access: AccessReviewer
    private let glass: GlassReporter

    /// Reads the certificate and listens; nothing is served before `run()`.
    ///
    /// - Throws: the fault of the certificate, the kubeconfig's certificates or an address, in words.
    package init(_ settings: ServerSettings, loops: EventLoopGroup) throws {
        self.settings = settings
        let metrics = ServerMetrics()
        let client = try settings.kubeconfig.makeClient(loops: loops, proxies: settings.proxies)
        let calls = CountedAPI(client)
        let informers = InformerSet(
            api: calls,
            namespace: settings.namespace,
            clock: settings.clock,
            isDriving: !settings.isAdmissionOnly,
            tracksConfigs: settings.copying.tracksConfigs
        )
        let events = EventRecorder(api: calls, clock: settings.clock, component: "canarygate")
        let access = AccessReviewer(api: calls, store: informers.store, clock: settings.clock)
        let glass = GlassReporter(events: events, store: informers.store)
        let certificate = try ServingCertificate(CertificateFiles(settings))
        let configuration = Self.configuration(settings, certificate.context)
        let webhooks = try HTTPServer(
            configuration: configuration,
            loops: loops,
            handler: Self.admission(settings, informers) { observation in
                metrics.record(observation)
                if let question = observation.lookup { access.ask(question) }
                if let use = observation.brokenGlass { glass.report(use) }
            } converted: {
                metrics.record($0)
            }
        )
        let renewal = CertificateRenewal(certificate, settings: settings, server: webhooks)
        let departure = Departure(delay: settings.drainDelay)
        let loop =
            try settings.isAdmissionOnly
            ? nil
            : LoopPart(
                settings,
                api: calls,
                leaseAPI: settings.kubeconfig.makeClient(loops: loops, proxies: settings.proxies),
                informers: informers,
                events: events,
                serverMetrics: metrics,
                loops: loops
            )
        operations = try HTTPServer(
            configuration: OperationsHandler.configuration(address: settings.metricsListen),
            loops: loops,
            handler: OperationsHandler(
                metrics: {
                    metrics.exposition(of: informers.store.current) + renewal.exposition
                        + ServerMetrics.exposition(of: webhooks.statistics) + calls.exposition
                        + ClusterMetrics.exposition(of: informers.availabilities)
                        + ClusterMetrics.exposition(of: events.statistics) + (loop?.exposition ?? "")
                },
                obstacles: { Self.obstacles(informers, renewal, departure) }
            )
        )
        self.loop = loop
        self.client = client
        self.events = events
        self.informers = informers
        self.webhooks = webhooks
        self.renewal = renewal
        self.departure = departure
        self.access = access
        self.glass = glass
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
                "loop.runs": "\(loop != nil)", "lease.name": "\(settings.lease.map { "\($0.lease)" } ?? "")",
            ]
        )
        // They stop in the opposite order, each when the one after it has.
        var services: [any Service] = [
            ServicePart { [operations] in try await operations.run() },
            ServicePart { [informers, client] in
                async let version: Void = Self.logVersion(of: client)
                await informers.run()
                await version
            },
            ServicePart { [renewal] in await renewal.run() },
            ServicePart { [events] in await events.run() },
            ServicePart { [access] in await access.run() },
            ServicePart { [glass] in await glass.run() },
            DepartingPart(server: webhooks, departure: departure),
        ]
        if let loop { services.append(ServicePart { try await loop.run() }) }
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
    /// With `isAdmissionOnly` gate and guard are left out: nobody would open a gate where the loop is off. `keda` is KEDA's
    /// operator, which scales. `modes` says
    /// what becomes of the rules' findings, `rules` what they are asked under, `contour` how Contour is set up.
    package static func webhooks(
        username: String,
        isAdmissionOnly: Bool,
        keda: String = ControlPlane.kedaByDefault,
        modes: RuleModes = RuleModes(RuleCatalogue.book),
        rules: RuleSettings = RuleSettings(),
        contour: ContourSettings = ContourSettings()
    ) -> [any Webhook] {
        var rules = rules
        rules.isDriven = !isAdmissionOnly
        let judge = Judge(settings: rules, modes: modes)
        let contourJudge = ContourJudge(settings: contour, modes: modes, isDriving: !isAdmissionOnly)
        let judges: [any Webhook] = [
            CanaryDefaulter(judge: judge, loop: isAdmissionOnly ? nil : username),
            FlaggerValidator(.canary, judge: judge),
            FlaggerDefaulter(.metricTemplate, judge: judge), FlaggerValidator(.metricTemplate, judge: judge),
            FlaggerDefaulter(.alertProvider, judge: judge), FlaggerValidator(.alertProvider, judge: judge),
            HTTPProxyValidator(judge: contourJudge), CanaryDeletionGuard(judge: judge),
            ReferenceGuard(judge: contourJudge, secrets: SecretReader(certificates: OpenSSLCertificates())),
        ]
        guard !isAdmissionOnly else { return judges }
        return judges + [
            DeploymentGate(controllerUsername: username, kedaUsername: keda),
            ConfigGate(controllerUsername: username),
            OwnedObjectGuard(controllerUsername: username, kedaUsername: keda),
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
        observe: @escaping @Sendable (AdmissionObservation) -> Void,
        converted: @escaping @Sendable (ConversionObservation) -> Void
    ) -> any HTTPHandler {
        let judges = AdmissionHandler(
            webhooks: webhooks(
                username: settings.username,
                isAdmissionOnly: settings.isAdmissionOnly,
                keda: settings.kedaUsername,
                modes: settings.modes,
                rules: RuleSettings(
                    refusesForeignNamespaces: settings.refusesForeignNamespaces,
                    namespace: settings.namespace
                ),
                contour: settings.contour
            ),
            view: { [store = informers.store] in store.current },
            clock: settings.clock,
            observe: observe
        )
        let handler = ConversionHandler(
            converters: [CanaryConverter()],
            clock: settings.clock,
            observe: converted,
            next: judges
        )
        guard !settings.clientNames.isEmpty else { return handler }
        return ClientNameCheck(names: settings.clientNames, next: handler)
    }

    /// Says once which API server it is.
    private static func logVersion(of client: KubernetesClient) async {
        let logger = Logger(label: "canarygate.server")
        do throws(KubernetesError) {
            let version = try await client.serverVersion()
            logger.notice("api server", metadata: ["kube.version": "\(version)"])
        } catch {
            logger.warning("could not ask for the version", metadata: ["error.message": "\(error)"])
        }
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
