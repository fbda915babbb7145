import Foundation
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import Testing

/// What stock kubectl prints, on the sandbox or on the cluster that `TEST_KUBECONFIG` names: the kubectl on the PATH, and
/// those whose paths `TEST_KUBECTLS` lists with colons between them.
@Suite(.enabled(if: Kubectl.program != nil, "kubectl is not installed"), .timeLimit(.minutes(5)))
struct KubectlCommandTests {
    private static let programs: [URL] = {
        let more = (ProcessInfo.processInfo.environment["TEST_KUBECTLS"] ?? "").split(separator: ":")
        return [Kubectl.program].compactMap { $0 } + more.map { URL(fileURLWithPath: String($0)) }
    }()

    @Test(arguments: programs, KubectlScenario.all)
    func printsWhatItPrintsOnACluster(program: URL, scenario: KubectlScenario) async throws {
        try await KubectlBench.run(program) { bench in
            let minor = try await bench.minorVersion()
            for step in scenario.steps where (step.since...step.until).contains(minor) {
                let outcome = try await bench.run(step)
                let output = KubectlStep.settled(outcome.output + outcome.errors)
                for text in step.expected {
                    #expect(
                        output.contains(bench.completed(text)),
                        "kubectl \(step.command): expected \(text) in:\n\(output)"
                    )
                }
                if let code = step.code { #expect(outcome.code == code, "kubectl \(step.command):\n\(output)") }
            }
        }
    }
}

/// A kubectl, a cluster, and a namespace in it.
private struct KubectlBench {
    /// How fast the sandbox's clock runs.
    private static let speed = 20.0

    let kubectl: Kubectl
    let namespace: String

    /// Runs `body` with a cluster.
    static func run(_ program: URL, _ body: (KubectlBench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kubectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { remove(folder) }
        let namespace = "kubectl-\(UUID().uuidString.prefix(8).lowercased())"
        var bench = KubectlBench(
            kubectl: Kubectl(
                kubeconfig: URL(fileURLWithPath: ProcessInfo.processInfo.environment["TEST_KUBECONFIG"] ?? ""),
                folder: folder,
                tool: program
            ),
            namespace: namespace
        )
        guard !TestCluster.isReal else {
            try await bench.inNamespace(body)
            return
        }
        let loops = EventLoopGroup(count: 2)
        let clock = ScaledClock(speed: speed, epoch: SystemClock().now())
        let sandbox = try SandboxCluster(SandboxSettings(clock: clock), loops: loops)
        let running = Task { try await sandbox.run() }
        let kubeconfig = folder.appendingPathComponent("admin.kubeconfig")
        try Data(sandbox.administratorKubeconfig.utf8).write(to: kubeconfig)
        bench = KubectlBench(
            kubectl: Kubectl(kubeconfig: kubeconfig, folder: folder, tool: program),
            namespace: namespace
        )
        let outcome: Result<Void, any Error>
        do {
            try await bench.inNamespace(body)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        do { try await running.value } catch is CancellationError {}
        await Task.detached { loops.shutdown() }.value
        try outcome.get()
    }

    private static func remove(_ folder: URL) {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }

    private func inNamespace(_ body: (KubectlBench) async throws -> Void) async throws {
        let made = try await kubectl("create", "namespace", namespace)
        #expect(made.output == "namespace/\(namespace) created\n", "\(made.errors)")
        try await body(self)
        let gone = try await kubectl("delete", "namespace", namespace)
        #expect(gone.output.hasPrefix("namespace \"\(namespace)\" deleted"), "\(gone.errors)")
    }

    /// The minor version of kubectl.
    func minorVersion() async throws -> Int {
        let version = try JSONValue(parsing: try await kubectl("version", "--client", "-o", "json").output)
        let text = version[path: "clientVersion", "minor"]?.string ?? ""
        return try #require(Int(text.filter(\.isNumber)))
    }

    /// Runs one command in the namespace.
    func run(_ step: KubectlStep) async throws -> Kubectl.Outcome {
        try await kubectl(
            arguments: ["-n", namespace] + step.arguments.map(completed),
            input: step.input,
            // An editor that sets one number.
            environment: ["KUBE_EDITOR": "sed -i -e s/minReadySeconds:.3/minReadySeconds:\\ 4/"]
        )
    }

    /// `text` with the name of the namespace in it.
    func completed(_ text: String) -> String { text.replacing("%NS", with: namespace) }
}
