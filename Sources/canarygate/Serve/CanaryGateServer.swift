package import Admission
import Analysis
import ContourAPI
import Controller
import FlaggerAPI
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
    private let isLeaving: Locked<Bool>

    /// Reads the certificate and listens; nothing is served before `run()`.
    ///
    /// - Throws: the fault of the certificate, the kubeconfig's certificates or an address, in words.
    package init(_ settings: ServerSettings, loops: EventLoopGroup) throws {
        self.settings = settings
        let metrics = ServerMetrics()
        let client = try settings.kubeconfig.makeClient(loops: loops, proxies: settings.proxies)
        let informers = InformerSet(api: client, namespace: settings.namespace, clock: settings.clock)
        let certificate = try ServingCertificate(CertificateFiles(settings))
        var configuration = HTTPServer.Configuration(address: settings.listen, tls: certificate.context)
        configuration.limits.bodyBytes = AdmissionHandler.bodyLimit
        let webhooks = try HTTPServer(
            configuration: configuration,
            loops: loops,
            handler: Self.admission(settings, informers, metrics)
        )
        let renewal = CertificateRenewal(certificate, settings: settings, server: webhooks)
        let isLeaving = Locked(false)
        operations = try HTTPServer(
            configuration: HTTPServer.Configuration(address: settings.metricsListen),
            loops: loops,
            handler: OperationsHandler(
                metrics: { metrics.exposition(of: informers.store.current) + renewal.exposition },
                obstacles: { Self.obstacles(informers, renewal, isLeaving) }
            )
        )
        controller = try settings.isAdmissionOnly ? nil : Self.controller(settings, client, metrics, loops)
        self.informers = informers
        self.webhooks = webhooks
        self.renewal = renewal
        self.isLeaving = isLeaving
    }

    /// Serves until the task is cancelled, or a signal of `signals` arrives: then the loop stops where it is, requests
    /// in flight are answered, and it returns.
    ///
    /// - Throws: what ended a part that should not have ended.
    package func run(until signals: [UnixSignal] = []) async throws {
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
            ServicePart { [webhooks] in try await webhooks.run() },
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
        services.append(LeaveNotice(isLeaving: isLeaving))
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: signals,
            logger: Logger(label: "canarygate.lifecycle")
        )
        // Above the drain of requests in flight, below Kubernetes' grace period of 30 s.
        configuration.maximumGracefulShutdownDuration = .seconds(28)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// A part of the server that runs until it is cancelled.
private struct ServicePart: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await body() }
        } catch is CancellationError {
            // It was told to stop while it waited.
        }
    }
}

/// Tells the probes that the server is on its way out, before any part of it stops.
private struct LeaveNotice: Service {
    let isLeaving: Locked<Bool>

    func run() async throws {
        defer { isLeaving.withLock { $0 = true } }
        try await gracefulShutdown()
    }
}

extension CanaryGateServer {
    /// What is asked of the server, where `username` is the loop's user.
    ///
    /// With `isAdmissionOnly` gate and guard are left out: nobody would open a gate where the loop is off.
    package static func webhooks(username: String, isAdmissionOnly: Bool) -> [any Webhook] {
        let isDriving = !isAdmissionOnly
        let judges: [any Webhook] = [
            CanaryDefaulter(isDriving: isDriving), CanaryValidator(isDriving: isDriving),
            MetricTemplateValidator(isDriving: isDriving), AlertProviderValidator(isDriving: isDriving),
            HTTPProxyValidator(),
        ]
        guard isDriving else { return judges }
        return judges + [
            DeploymentGate(controllerUsername: username), OwnedObjectGuard(controllerUsername: username),
        ]
    }

    private static func admission(
        _ settings: ServerSettings,
        _ informers: InformerSet,
        _ metrics: ServerMetrics
    ) -> any HTTPHandler {
        let handler = AdmissionHandler(
            webhooks: webhooks(username: settings.username, isAdmissionOnly: settings.isAdmissionOnly),
            view: { [store = informers.store] in store.current },
            clock: settings.clock,
            observe: { metrics.record($0) }
        )
        guard !settings.clientNames.isEmpty else { return handler }
        return ClientNameCheck(names: settings.clientNames, next: handler)
    }

    private static func controller(
        _ settings: ServerSettings,
        _ client: KubernetesClient,
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
            events: EventRecorder(api: client, clock: settings.clock, component: "canarygate"),
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
            settings: ControllerSettings(namespace: settings.namespace, ingressClass: settings.ingressClass),
            onStep: { canary, step in metrics.record(step, of: canary) }
        )
    }

    /// Why the server should not be asked now.
    private static func obstacles(
        _ informers: InformerSet,
        _ renewal: CertificateRenewal,
        _ isLeaving: Locked<Bool>
    ) -> [String] {
        var obstacles = informers.unsynced.map { "the first list of \($0) has not arrived" }
        if let fault = renewal.fault { obstacles.append(fault) }
        if isLeaving.withLock({ $0 }) { obstacles.append("shutting down") }
        return obstacles
    }
}

/// A Canary's `metricsServer` that is no URL.
private struct MetricServerFailure: Error, CustomStringConvertible {
    let url: String
    var description: String { "metricsServer \(url): expected an http or https URL" }
}
