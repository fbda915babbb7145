import Foundation
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// The story's target with a Canary of two steps and no hooks, changed by stock kubectl.
struct RoadStage {
    /// Where it takes place.
    static let key = ObjectKey(namespace: "test", name: "podinfo")

    let cluster: TestCluster
    let sandbox: SandboxCluster
    let story: Story

    init(_ cluster: TestCluster) async throws {
        self.cluster = cluster
        sandbox = try #require(cluster.sandbox)
        story = try Story(cluster)
        try await story.initialise { name, object in
            guard name == "canary" else { return }
            object[path: "spec", "analysis"] = [
                "interval": "10s", "threshold": 3, "stepWeight": 25, "maxWeight": 50,
                "metrics": [["name": "request-success-rate", "interval": "30s", "thresholdRange": ["min": 90]]],
            ]
        }
    }

    /// Runs a command in the namespace and returns what it said.
    @discardableResult
    func kubectl(
        _ command: String,
        input: String? = nil,
        editor: String? = nil,
        endingWith code: Int32 = 0
    ) async throws -> String {
        let arguments = ["-n", "test"] + command.split(separator: " ").map(String.init)
        let environment = editor.map { ["KUBE_EDITOR": $0] } ?? [:]
        let outcome = try await cluster.kubectl(arguments: arguments, input: input, environment: environment)
        #expect(outcome.code == code, "\(command): \(outcome.errors)")
        return outcome.output + outcome.errors
    }

    /// The target as it is stored.
    var target: JSONValue { sandbox.objects.object(.deployments, Self.key) ?? .null }

    /// The revision that is promoted.
    var promoted: String { story.canary[path: "status", "lastPromotedSpec"]?.string ?? "" }

    /// The target as a manifest, changed.
    func manifest(_ change: (inout JSONValue) -> Void) -> String {
        var object = target
        object["status"] = nil
        var metadata: JSONValue = ["name": "podinfo", "namespace": "test"]
        metadata["labels"] = target[path: "metadata", "labels"]
        object["metadata"] = metadata
        object[path: "spec", "paused"] = nil
        object[path: "spec", "replicas"] = nil
        change(&object)
        return object.text
    }

    /// How many requests users had answered by pods of `image` by way of the Service `name`; copies aside.
    func served(_ name: String, image: String? = nil) -> Int {
        sandbox.served.filter { served in
            served.service.name == name && !served.areCopies && (image.map(served.images.contains) ?? true)
        }.map(\.count).reduce(0, +)
    }

    /// Requests that went to the target's pods by way of the primary's Service.
    var strays: Int {
        sandbox.served.filter { $0.service.name == "podinfo-primary" && $0.workload != "podinfo-primary" }
            .map(\.count).reduce(0, +)
    }

    /// The verdicts in the ledger, oldest first.
    var verdicts: [String] {
        sandbox.objects.objects(.controllerRevisions).filter { $0.label("canarygate.dev/canary") != nil }
            .sorted { $0["revision"]?.int ?? 0 < $1["revision"]?.int ?? 0 }
            .map { $0.annotation("canarygate.dev/verdict") ?? "" }
    }

    /// Waits until `isSo`.
    func wait(_ what: String, until isSo: () throws -> Bool) async throws {
        for _ in 0..<1_200 {
            if try isSo() { return }
            try await SystemClock().sleep(for: .milliseconds(50))
        }
        Issue.record("not so in time: \(what); \(story.canary["status"]?.text ?? "")")
    }
}

extension JSONValue {
    /// Sets the first container's image.
    mutating func setImage(_ tag: String) {
        guard var container = self[path: "spec", "template", "spec", "containers"]?[0] else { return }
        container["image"] = .string("stefanprodan/podinfo:\(tag)")
        self[path: "spec", "template", "spec", "containers"] = [container]
    }
}
