import ArgumentParser
import Foundation
import JSON
import Kubernetes
import Sandbox
import Testing
import canarygate

/// The script's cluster, and what its author looks at: all by stock kubectl.
struct ScriptStage {
    private static let repository = "ghcr.io/stefanprodan/podinfo"

    let cluster: TestCluster
    let sandbox: SandboxCluster
    let story: Story

    init(_ cluster: TestCluster) throws {
        self.cluster = cluster
        sandbox = try #require(cluster.sandbox)
        story = try Story(cluster)
    }

    /// Runs a command, in the script's namespace unless it is said, and returns what it said, warnings too.
    @discardableResult
    func kubectl(_ command: String, input: String? = nil, namespace: String = "test") async throws -> String {
        let arguments = ["-n", namespace] + command.split(separator: " ").map(String.init)
        let outcome = try await cluster.kubectl(arguments: arguments, input: input)
        try #require(outcome.code == 0, "\(command): \(outcome.errors)")
        return outcome.output + outcome.errors
    }

    /// The output of a command has `words`, as `kubectl … | grep` asks.
    func expect(_ words: String..., in command: String) async throws {
        let output = try await kubectl(command)
        for word in words { #expect(output.contains(word), "\(command): \(word) is not in\n\(output)") }
    }

    /// Sets the workload's image.
    func setImage(_ tag: String) async throws {
        let said = try await kubectl("set image deployment/podinfo podinfod=\(Self.repository):\(tag)")
        #expect(said.contains("deployment.apps/podinfo image updated"), "\(said)")
    }

    /// Requests that users had answered by the image `tag` by way of the Service `name`.
    func served(_ tag: String, by name: String) -> Int {
        sandbox.served.filter { served in
            served.service == ObjectKey(namespace: "test", name: name) && !served.areCopies
                && served.images == ["\(Self.repository):\(tag)"]
        }
        .reduce(0) { $0 + $1.count }
    }

    /// The image that the primary runs.
    var primaryImage: String? { story.image("podinfo-primary") }

    /// The checks for which the revision was rolled back, by name.
    var failing: [String] {
        (story.canary[path: "status", "checks"]?.array ?? []).filter { $0["follows"] == "RollBack" }
            .compactMap { $0["name"]?.string }
    }

    /// What `canarygate replay` with `arguments` says.
    func replay(_ arguments: String...) async throws -> LintCommand.Outcome {
        try await ReplayCommand.parse(arguments)
            .outcome(environment: ["KUBECONFIG": cluster.kubectl.kubeconfig.path])
    }
}
