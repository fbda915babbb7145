import Analysis
import ContourAPI
import Controller
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Logging
import Platform
import Rollout
import Sandbox
import TestSupport

/// The loop in a cluster whose controllers, Contour, callers, Prometheus and load tester are the sandbox's, all moved by
/// hand second by second.
///
/// What is measured is measured: a revision is promoted or rolled back for what its pods answered.
final class LiveCluster {
    /// Time went by and it did not come to that.
    struct Endless: Error { let status: String }

    let clock = ManualClock()
    let cluster: InMemoryCluster
    let metrics = EnvoyMetrics()
    let news = Outside()
    private let workloads: WorkloadController
    private let routes: RouteController
    private let traffic: TrafficSource
    private let controller: Controller
    private var due: Timestamp

    /// The story's Canary with `analysis` for its own, a target of two pods, and a root for its HTTPProxy.
    ///
    /// - Parameters:
    ///   - analysis: fields beside interval, threshold and the builtin metrics.
    ///   - provider: what divides the traffic.
    ///   - behaviours: how images answer.
    ///   - callers: who calls.
    /// - Throws: when a behaviour or an example cannot be read.
    init(
        _ analysis: JSONValue,
        provider: String = "contour",
        behaviours: [String] = ["stefanprodan/podinfo:3.1.2=20%,80ms"],
        callers: [CallerGroup] = [CallerGroup()]
    ) throws {
        let images = try ImageBehaviours(parsing: behaviours)
        cluster = InMemoryCluster(clock: clock)
        var settings = TrafficSettings()
        settings.callers = callers
        let loads = LoadTests(clock: clock)
        workloads = WorkloadController(
            cluster: cluster,
            clock: clock,
            settings: WorkloadSettings(startupTime: .seconds(2), images: images)
        )
        routes = RouteController(cluster: cluster, clock: clock)
        traffic = TrafficSource(
            cluster: cluster,
            clock: clock,
            settings: settings,
            images: images,
            metrics: metrics,
            loads: loads
        )
        let prometheus = InMemoryTransport(handler: MetricsHandler(metrics: metrics, clock: clock))
        let endpoint = HTTPEndpoint(isSecure: false, host: "prometheus", port: 9_090)
        let tester = LoadTesterHandler(cluster: cluster, images: images, loads: loads)
        controller = Controller(
            api: cluster,
            clock: clock,
            events: LiveNews(news: news),
            metrics: PrometheusMetricReader { _ in PrometheusClient(endpoint: endpoint, transport: prometheus) },
            hooks: LiveHooks(tester: tester),
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        )
        due = clock.now()
        try plant(analysis, provider)
    }

    private func plant(_ analysis: JSONValue, _ provider: String) throws {
        var canary = try Examples.canary()
        var own: JSONValue = ["interval": "20s", "threshold": 2]
        own["metrics"] = canary[path: "spec", "analysis", "metrics"]
        for member in analysis.object ?? JSONObject() { own[member.key] = member.value }
        canary[path: "spec", "analysis"] = own
        canary[path: "spec", "provider"] = .string(provider)
        canary[path: "spec", "autoscalerRef"] = nil
        cluster.put(.canaries, canary)
        var target = try Examples.shortDeployment()
        target[path: "spec", "replicas"] = 2
        target[path: "spec", "minReadySeconds"] = 0
        cluster.put(.deployments, target)
        cluster.put(
            .httpProxies,
            [
                "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
                "metadata": ["name": "front", "namespace": "test"],
                "spec": ["virtualhost": ["fqdn": "app.example.com"], "includes": [["name": "podinfo"]]],
            ]
        )
    }

    /// Lets a second pass for everybody.
    func tick() async {
        clock.advance(by: .seconds(1))
        workloads.reconcile()
        routes.reconcile()
        traffic.advance()
        var rounds = 0
        while due <= clock.now(), rounds < 20 {
            rounds += 1
            guard case .after(let pause) = await controller.reconcile(Stage.key) else { continue }
            due = clock.now() + pause
        }
    }

    /// Lets time pass until the phase is `phase`, at most half an hour of it; looks at each second.
    func run(until phase: CanaryPhase, look: (LiveCluster) -> Void = { _ in }) async throws {
        for _ in 0..<1_800 {
            await tick()
            look(self)
            if self.phase == phase.rawValue { return }
        }
        throw Endless(status: "\(canary["status"]?.text ?? "none") \(news.messages.suffix(5))")
    }

    /// Asks for another image.
    func setImage(_ tag: String) {
        cluster.modify(.deployments, Stage.key) { target in
            guard var container = target[path: "spec", "template", "spec", "containers"]?[0] else { return }
            container["image"] = .string("stefanprodan/podinfo:\(tag)")
            target[path: "spec", "template", "spec", "containers"] = [container]
        }
    }

    var canary: JSONValue { cluster.object(.canaries, Stage.key) ?? .null }
    var phase: String { canary[path: "status", "phase"]?.string ?? "" }
    var proxy: JSONValue { cluster.object(.httpProxies, Stage.key) ?? .null }
    var primaryImage: String { cluster.object(.deployments, Stage.primaryKey)?.template.image ?? "" }

    /// What is read off the route.
    func reading() throws -> CanaryRouteReading? { CanaryRoute.reading(of: proxy, for: try Canary(canary)) }

    /// How many requests pods of the image `tag` have answered by way of a Service, copies aside or alone.
    func served(_ tag: String, by service: String? = nil, areCopies: Bool = false) -> Int {
        metrics.served.filter { entry in
            entry.images == ["stefanprodan/podinfo:\(tag)"] && entry.areCopies == areCopies
                && (service == nil || entry.service.name == service)
        }
        .reduce(0) { $0 + $1.count }
    }
}

/// Takes down what is told.
private struct LiveNews: RolloutEventSink {
    let news: Outside

    func tell(_ event: RolloutEvent, about canary: JSONValue) async { news.note(event) }
}

/// Brings hooks to the load tester.
private struct LiveHooks: CanaryHookCaller {
    let tester: LoadTesterHandler

    func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer {
        let payload: JSONValue = [
            "name": .string(canary.name), "namespace": .string(canary.namespace), "metadata": .object(hook.metadata),
        ]
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/")
        let answer = await tester.response(to: ServerRequest(head: head, body: payload.serialized))
        return answer.head.status.code <= 202 ? .passed : .refused("\(answer.head.status.code)")
    }
}
