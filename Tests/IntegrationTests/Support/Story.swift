import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// The story's objects in the sandbox, and what is seen of them.
struct Story: Sendable {
    private let cluster: TestCluster
    private var api: KubernetesClient { cluster.api }
    private let objects: InMemoryCluster
    private let key = ObjectKey(namespace: "test", name: "podinfo")

    init(_ cluster: TestCluster) throws {
        self.cluster = cluster
        objects = try #require(cluster.sandbox).objects
    }

    /// Creates the story's objects, each as `change` makes it, and waits until the Canary is initialised.
    func initialise(_ change: (String, inout JSONValue) -> Void = { _, _ in }) async throws {
        let types: [(String, ResourceType)] = [
            ("namespace", .namespaces), ("deployment", .deployments), ("autoscaler", .autoscalers),
            ("httpproxy", .httpProxies), ("canary", .canaries),
        ]
        for (name, type) in types {
            var object = try #require(try RepositoryFiles.documents("manifests/examples/\(name).yaml").first)
            change(name, &object)
            _ = try await api.create(type, object, namespace: object.namespace)
        }
        try await follow(until: "Initialized")
        try await cluster.waitUntilGated(key)
    }

    /// Sets the target's image as `kubectl set image` does.
    func setImage(_ tag: String) async throws {
        let image = JSONValue.string("stefanprodan/podinfo:\(tag)")
        let path = JSONPointer(["spec", "template", "spec", "containers", "0", "image"])
        let patch = Patch.json(JSONPatch([.replace(path, image)]))
        let answer = try await api.patch(.deployments, key, patch, subresource: nil)
        #expect(answer.annotation("canarygate.dev/gate") == "closed")
        #expect(answer[path: "spec", "paused"] == true)
    }

    /// Watches the Canary until it enters the phase; the weights that it had on the way, each once in a row.
    @discardableResult
    func follow(until phase: String) async throws -> [Int] {
        let before = canary[path: "status", "lastTransitionTime"]
        return try await watch { status in
            status["phase"]?.string == phase && status["lastTransitionTime"] != before
        }
    }

    /// Watches the Canary until the weight is reached in an analysis.
    func follow(untilWeight weight: Int) async throws {
        try await watch { ($0["canaryWeight"]?.int ?? 0) >= weight }
    }

    /// Watches the Canary until so many checks have failed in an analysis.
    func follow(untilFailedChecks count: Int) async throws {
        try await watch { $0["phase"] == "Progressing" && ($0["failedChecks"]?.int ?? 0) >= count }
    }

    @discardableResult
    private func watch(until isReached: (JSONValue) -> Bool) async throws -> [Int] {
        var weights: [Int] = []
        let events = try await objects.watch(.canaries, namespace: "test", resourceVersion: "0")
        for try await event in events {
            guard let status = Self.object(event)?["status"] else { continue }
            let shares = self.weights
            #expect(shares.isEmpty || shares.reduce(0, +) == 100, "\(shares)")
            let weight = status["canaryWeight"]?.int ?? 0
            if weights.last != weight { weights.append(weight) }
            if isReached(status) { return weights }
        }
        return weights
    }

    /// The Canary.
    var canary: JSONValue { objects.object(.canaries, key) ?? .null }

    /// The weights on the HTTPProxy, the primary's first.
    var weights: [Int] { Self.weights(objects.object(.httpProxies, key) ?? .null) }

    /// The replicas that a Deployment asks for.
    func replicas(_ name: String) -> Int? { objects.object(.deployments, "test", name)?[path: "spec", "replicas"]?.int }

    /// A Deployment's first image.
    func image(_ name: String) -> String? {
        let template = objects.object(.deployments, "test", name)?[path: "spec", "template", "spec"]
        return template?["containers"]?[0]?["image"]?.string
    }

    private static func object(_ event: WatchEvent) -> JSONValue? {
        switch event {
        case .added(let object), .modified(let object): object
        case .deleted, .bookmark: nil
        }
    }

    private static func weights(_ proxy: JSONValue) -> [Int] {
        (proxy[path: "spec", "routes"]?[0]?["services"]?.array ?? []).compactMap { $0["weight"]?.int }
    }
}
