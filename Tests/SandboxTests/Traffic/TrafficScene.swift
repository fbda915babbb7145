import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// A cluster with a primary and a canary behind one root, and traffic that is moved by hand.
struct TrafficScene {
    let clock = ManualClock()
    let cluster: InMemoryCluster
    let metrics = EnvoyMetrics()
    let traffic: TrafficSource
    private let tester: LoadTesterHandler
    private let workloads: WorkloadController

    init(images: ImageBehaviours = ImageBehaviours(), settings: TrafficSettings = TrafficSettings()) {
        cluster = InMemoryCluster(clock: clock)
        workloads = WorkloadController(
            cluster: cluster,
            clock: clock,
            settings: WorkloadSettings(startupTime: .zero, images: images)
        )
        let loads = LoadTests(clock: clock)
        tester = LoadTesterHandler(cluster: cluster, images: images, loads: loads)
        traffic = TrafficSource(
            cluster: cluster,
            clock: clock,
            settings: settings,
            images: images,
            metrics: metrics,
            loads: loads
        )
        for name in ["primary", "canary"] {
            cluster.put(.deployments, workload(name, image: "podinfo:\(name)"))
            cluster.put(.services, service(name, app: name))
        }
        workloads.reconcile()
    }

    /// Lets `duration` pass in steps.
    func run(for duration: Duration, step: Duration = .seconds(1)) {
        let end = clock.now() + duration
        while clock.now() < end {
            clock.advance(by: min(step, end - clock.now()))
            traffic.advance()
        }
    }

    /// Has the workloads' controllers look.
    func settle() { workloads.reconcile() }

    /// Asks the load tester for `command`.
    func loads(_ command: String) async {
        let metadata: JSONValue = ["cmd": .string(command)]
        let payload: JSONValue = ["name": "front", "namespace": "test", "metadata": metadata]
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/")
        _ = await tester.response(to: ServerRequest(head: head, body: payload.serialized))
    }

    /// Scales a Deployment.
    func scale(_ name: String, to replicas: Int) {
        cluster.modify(.deployments, ObjectKey(namespace: "test", name: name)) { object in
            object[path: "spec", "replicas"] = .number(JSONNumber(replicas))
        }
        workloads.reconcile()
    }

    /// The present value of one series, as the exposition has it.
    func value(_ series: String) -> Int {
        let line = metrics.exposition.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        return line.flatMap { Int($0.dropFirst(series.count + 1)) } ?? 0
    }

    /// Answers of `code` from the cluster of `service`.
    func answers(_ service: String, _ code: Int = 200) -> Int {
        let labels = "envoy_cluster_name=\"test_\(service)_80\",envoy_response_code=\"\(code)\""
        return value("envoy_cluster_upstream_rq{\(labels)}")
    }

    /// The number that a query answers; nil when it finds nothing.
    func query(_ expression: String) throws -> Double? {
        let value = try PromQLEvaluator(metrics.samples, at: clock.now()).value(of: expression)
        guard case .vector(let series) = value else { return nil }
        return series.first?.content
    }
}
