import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Logging
import Platform
import Rollout
import Sandbox
import TestSupport

/// The loop in a cluster in memory, moved by hand second by second, and the journal that it keeps of a run.
final class JournalRun {
    /// It did not come to that phase in time.
    struct Endless: Error { let status: String }

    private static let key = ObjectKey(namespace: "test", name: "podinfo")

    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let workloads: WorkloadController
    private let routes: RouteController
    private let lines = JournalLines()
    private let controller: Controller
    private var due: Timestamp

    /// The story's target and a Canary of two steps; revisions answer `successRate` percent of the requests well.
    init(successRate: Double) throws {
        cluster = InMemoryCluster(clock: clock)
        workloads = WorkloadController(
            cluster: cluster,
            clock: clock,
            settings: WorkloadSettings(startupTime: .seconds(1))
        )
        routes = RouteController(cluster: cluster, clock: clock)
        let world = AnsweringWorld(successRate: successRate)
        controller = Controller(
            api: cluster,
            clock: clock,
            events: world,
            metrics: world,
            hooks: world,
            journal: lines,
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0 }
        )
        due = clock.now()
        for (name, type) in [("deployment", ResourceType.deployments), ("httpproxy", .httpProxies)] {
            cluster.put(type, try RepositoryFiles.documents("manifests/examples/\(name).yaml")[0])
        }
        var canary = try RepositoryFiles.documents("manifests/examples/canary.yaml")[0]
        canary[path: "metadata", "uid"] = "canary-uid"
        canary[path: "spec", "autoscalerRef"] = nil
        canary[path: "spec", "analysis", "stepWeight"] = 25
        canary[path: "spec", "analysis", "threshold"] = 2
        cluster.put(.canaries, canary)
    }

    /// The journal of a whole run of a new image, from the Canary's beginning until it has succeeded or failed.
    static func journal(successRate: Double = 100) async throws -> [String] {
        let run = try JournalRun(successRate: successRate)
        try await run.pass(until: .initialized)
        run.cluster.modify(.deployments, key) { target in
            guard var container = target[path: "spec", "template", "spec", "containers"]?[0] else { return }
            container["image"] = "stefanprodan/podinfo:3.1.1"
            target[path: "spec", "template", "spec", "containers"] = [container]
        }
        try await run.pass(until: successRate < 99 ? .failed : .succeeded)
        return run.lines.all
    }

    private func pass(until phase: CanaryPhase) async throws {
        for _ in 0..<1_800 {
            clock.advance(by: .seconds(1))
            workloads.reconcile()
            routes.reconcile()
            var rounds = 0
            while due <= clock.now(), rounds < 20 {
                rounds += 1
                guard case .after(let pause) = await controller.reconcile(Self.key) else { continue }
                due = clock.now() + pause
            }
            if cluster.object(.canaries, Self.key)?[path: "status", "phase"]?.string == phase.rawValue { return }
        }
        throw Endless(status: cluster.object(.canaries, Self.key)?["status"]?.text ?? "none")
    }
}

/// The lines as they would stand in a file.
private final class JournalLines: JournalSink {
    private let lines = Locked<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func write(_ entry: JSONValue) async { lines.withLock { $0.append(entry.text) } }
}

/// Hooks that agree, measurements that are always the same, and nobody who listens to the news.
private struct AnsweringWorld: CanaryHookCaller, CanaryMetricReader, RolloutEventSink {
    let successRate: Double

    func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer { .passed }

    func read(_ metric: CanaryMetric, of canary: Canary) async throws(CancellationError) -> Answer {
        .value(metric.source == .successRate ? successRate : 20)
    }

    func tell(_ event: RolloutEvent, about canary: JSONValue) async {}
}
