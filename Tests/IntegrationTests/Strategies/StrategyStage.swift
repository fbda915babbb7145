import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// A strategy's namespace: what is done in it by kubectl, and what is seen of it.
final class StrategyStage: Sendable {
    private static let name = "podinfo"

    let strategy: StrategyCase
    private let cluster: TestCluster
    private let sandbox: SandboxCluster
    private let seen = Locked<(weights: [Int], routes: Int)>(([], 0))

    init(_ strategy: StrategyCase, in cluster: TestCluster) throws {
        self.strategy = strategy
        self.cluster = cluster
        sandbox = try #require(cluster.sandbox)
    }

    /// Applies everything, and waits until the Canary is initialised.
    func initialise() async throws {
        try await kubectl(["apply", "-f", "-"], input: StrategyManifests.list(for: strategy))
        try await follow(until: "Initialized", fromAnother: false)
    }

    /// Asks for the good or the bad revision and waits until the Canary is `phase`; notes what is seen on the way.
    func change(to tag: String, until phase: String) async throws {
        seen.withLock { $0 = ([], 0) }
        if strategy.kind == "Service" {
            let app = tag == StrategyCase.good ? "good" : "bad"
            try await kubectl(["patch", "service", "podinfo", "-p", #"{"spec":{"selector":{"app":"\#(app)"}}}"#])
        } else {
            let target = "\(strategy.kind.lowercased())/podinfo"
            try await kubectl(["set", "image", target, "podinfod=\(StrategyCase.image(tag))"])
        }
        try await follow(until: phase)
    }

    private func kubectl(_ arguments: [String], input: String? = nil) async throws {
        let outcome = try await cluster.kubectl(arguments: ["-n", strategy.namespace] + arguments, input: input)
        try #require(outcome.code == 0, "\(strategy.namespace): \(arguments): \(outcome.errors)")
    }

    /// Watches the Canary until it is `phase`, and where it is asked for was another before.
    private func follow(until phase: String, fromAnother: Bool = true) async throws {
        let events = try await sandbox.objects.watch(
            .canaries,
            namespace: strategy.namespace,
            resourceVersion: "0"
        )
        var hasLeft = !fromAnother
        for try await event in events {
            guard let status = Self.object(event)?["status"] else { continue }
            note(status)
            if status["phase"]?.string != phase {
                hasLeft = true
            } else if hasLeft {
                return
            }
        }
        // The time is up.
        let status = canary["status"]?.object?.filter { $0.key != "journal" } ?? []
        Issue.record("\(strategy.namespace) never came to \(phase): \(status.map { "\($0.key) \($0.value.text)" })")
        throw CancellationError()
    }

    private static func object(_ event: WatchEvent) -> JSONValue? {
        switch event {
        case .added(let object), .modified(let object): object
        case .deleted, .bookmark: nil
        }
    }

    private func note(_ status: JSONValue) {
        for route in routes {
            let shares = (route["services"]?.array ?? []).filter { $0["mirror"]?.bool != true }
                .compactMap { $0["weight"]?.int }
            #expect(shares.isEmpty || shares.reduce(0, +) == 100, "\(strategy.namespace): \(shares)")
        }
        let weight = status["canaryWeight"]?.int ?? 0
        let count = routes.count
        seen.withLock { seen in
            if seen.weights.last != weight { seen.weights.append(weight) }
            seen.routes = max(seen.routes, count)
        }
    }
}

/// What is seen.
extension StrategyStage {
    private func object(_ type: ResourceType, _ name: String) -> JSONValue? {
        sandbox.objects.object(type, strategy.namespace, name)
    }

    /// The Canary.
    var canary: JSONValue { object(.canaries, Self.name) ?? .null }

    /// The routes of its HTTPProxy.
    var routes: [JSONValue] { object(.httpProxies, Self.name)?[path: "spec", "routes"]?.array ?? [] }

    /// The most routes that were seen in the run.
    var mostRoutes: Int { seen.withLock { $0.routes } }

    /// The label `app` by which a Service finds its pods.
    func selector(_ service: String) -> String? { object(.services, service)?[path: "spec", "selector", "app"]?.string }

    /// Requests that pods of the image `tag` have answered by way of the Service `name`, or of any; copies aside or alone.
    func served(_ tag: String, by name: String? = nil, areCopies: Bool = false) -> Int {
        sandbox.served.filter { served in
            served.service.namespace == strategy.namespace && (name == nil || served.service.name == name)
                && served.images == [StrategyCase.image(tag)] && served.areCopies == areCopies
        }
        .reduce(0) { $0 + $1.count }
    }

    /// Users were answered by the image `tag` by way of the Service `name`.
    func expectServed(_ tag: String, by name: String) {
        #expect(served(tag, by: name) > 0, "\(strategy.namespace): \(tag) by \(name)")
    }

    /// The image `tag` got copies of requests.
    func expectCopies(_ tag: String) {
        #expect(served(tag, areCopies: true) > 0, "\(strategy.namespace): copies to \(tag)")
    }

    /// The canary's weights of the run began with these, each once.
    func expectWeights(_ weights: Int...) {
        let seen = seen.withLock { $0.weights }
        #expect(Array(seen.prefix(weights.count)) == weights, "\(strategy.namespace): \(seen)")
    }
}
