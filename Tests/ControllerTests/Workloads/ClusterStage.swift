import FlaggerAPI
import JSON
import Kubernetes
import Logging
import Platform
import Rollout
import Sandbox
import TestSupport

@testable import Controller

/// A cluster whose own controllers are the sandbox's, around the loop; all on one clock that is moved by hand.
final class ClusterStage: Sendable {
    /// The rounds went on and on.
    struct Endless: Error {
        let status: String
        let told: [String]
    }

    let clock = ManualClock()
    let cluster: InMemoryCluster
    let outside = Outside()
    let copying: CopySettings
    private let workloads: WorkloadController
    private let routes: RouteController
    private let controller: Controller

    /// A cluster of two nodes with `canary`, the example's where none is given, the route that includes its own, and
    /// `objects`.
    init(
        canary: JSONValue? = nil,
        _ objects: [(ResourceType, JSONValue)],
        images: ImageBehaviours = ImageBehaviours(),
        copying: CopySettings = CopySettings()
    ) throws {
        cluster = InMemoryCluster(clock: clock)
        self.copying = copying
        workloads = WorkloadController(cluster: cluster, clock: clock, settings: WorkloadSettings(images: images))
        routes = RouteController(cluster: cluster, clock: clock)
        let line = Line(link: Link(cluster, breaking: nil) { _ in }, outside: outside) { _ in }
        controller = Controller(
            api: cluster,
            clock: clock,
            events: line,
            metrics: line,
            hooks: line,
            settings: ControllerSettings(copying: copying),
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        )
        for name in ["a", "b"] { cluster.put(Self.nodes, ["metadata": ["name": .string(name)]]) }
        for proxy in try RepositoryFiles.documents("manifests/examples/httpproxy.yaml") {
            cluster.put(.httpProxies, proxy)
        }
        cluster.put(.canaries, try canary ?? Examples.shortCanary())
        for (type, object) in objects { cluster.put(type, object) }
        settle()
    }

    private static let nodes = ResourceType(
        group: "",
        version: "v1",
        plural: "nodes",
        kind: "Node",
        isNamespaced: false
    )

    /// The cluster's own controllers have a look.
    func settle() {
        workloads.reconcile()
        routes.reconcile()
    }

    /// Lets `duration` pass, second by second.
    func wait(_ duration: Duration) {
        for _ in 0..<duration.components.seconds {
            clock.advance(by: .seconds(1))
            settle()
        }
    }

    /// Rounds until `isDone`, the clock moved to each next look.
    func run(until isDone: (ClusterStage) throws -> Bool) async throws {
        for _ in 0..<400 {
            if try isDone(self) { return }
            let next = await controller.reconcile(test)
            settle()
            if case .after(let pause) = next { wait(max(.seconds(1), pause)) }
        }
        throw Endless(status: canary["status"]?.text ?? "none", told: outside.messages)
    }

    /// Rounds until the Canary's phase is `phase`.
    func run(until phase: CanaryPhase) async throws {
        try await run { $0.canary[path: "status", "phase"]?.string == phase.rawValue }
    }

    /// What belongs to the Canary, as it is now.
    func snapshot(of key: ObjectKey = test) async throws -> Snapshot {
        let object = cluster.object(.canaries, key) ?? .null
        return try await Snapshot.read(try Canary(object), from: cluster, copying, at: clock.now())
    }

    /// What the state machine would see.
    func observation(of key: ObjectKey = test) async throws -> Observation {
        try await snapshot(of: key).observation(at: clock.now())
    }

    /// Carries out `action`.
    func perform(_ action: Action, for key: ObjectKey = test) async throws {
        let workshop = Workshop(api: cluster, snapshot: try await snapshot(of: key), ingressClass: nil)
        try await workshop.perform(action)
    }

    var canary: JSONValue { cluster.object(.canaries, test) ?? .null }
}

extension JSONValue {
    /// The object without what the server hands out and the status.
    var bare: JSONValue {
        var object = self
        for field in ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"] {
            object[path: "metadata", field] = nil
        }
        object["status"] = nil
        return object
    }
}
