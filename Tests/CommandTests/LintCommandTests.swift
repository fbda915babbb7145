import ArgumentParser
import Foundation
import Platform
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct LintCommandTests {
    /// A folder with one manifest, removed when the test ends.
    private final class Folder {
        let path = "/tmp/canarygate-lint-command-\(UUID().uuidString)"

        init(_ manifest: String) throws {
            try FileStore.makeFolder(path)
            try FileStore.write(Array(manifest.utf8), to: "\(path)/a.yaml")
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }
    }

    private static let right = """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: podinfo, namespace: test}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
          service: {port: 80, targetPort: 9898}
          analysis:
            {interval: 30s, threshold: 5, maxWeight: 50, stepWeight: 5, metrics: [{name: request-success-rate, thresholdRange: {min: 99}, interval: 1m}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: podinfo, namespace: test}

        """
    private static let formats = ["text", "json", "sarif", "junit", "github"]

    private func outcome(of manifest: String, _ arguments: String...) async throws -> LintCommand.Outcome {
        let folder = try Folder(manifest)
        let command = try LintCommand.parse(["-f", folder.path] + arguments)
        return try await command.outcome(environment: ["KUBECONFIG": "/nowhere/config"])
    }

    @Test(arguments: formats) func exitsByWhatItFinds(_ format: String) async throws {
        #expect(try await outcome(of: Self.right, "-o", format).exitCode == 0)
        #expect(try await outcome(of: Self.right + "---\nspec: {}\n", "-o", format).exitCode == 65)
        let wrong = try await outcome(
            of: Self.right.replacingOccurrences(of: "maxWeight: 50", with: "maxWeight: 150"),
            "-o",
            format
        )
        #expect(wrong.exitCode == 1)
        #expect(wrong.complaints.isEmpty)
        let unreachable = try await outcome(of: Self.right, "--cluster", "-o", format)
        #expect(unreachable.exitCode == 69)
        #expect(unreachable.output.isEmpty)
        #expect(
            unreachable.complaints == "read the cluster: load kubeconfig /nowhere/config: no such file or directory\n"
        )
    }

    @Test func leavesWarningsOutWhereOnlyDenialsAreAskedFor() async throws {
        let text = Self.right.components(separatedBy: "---\n")[0]
        #expect(try await outcome(of: text).exitCode == 1)
        #expect(try await outcome(of: text, "--level", "deny").exitCode == 0)
    }

    @Test func readsSeveralFilesBehindOneFlag() async throws {
        let first = try Folder(Self.right.components(separatedBy: "---\n")[0])
        let second = try Folder(Self.right.components(separatedBy: "---\n")[1])
        let command = try LintCommand.parse(["-f", "\(first.path)/a.yaml", "\(second.path)/a.yaml", "-o", "json"])
        let outcome = try await command.outcome(environment: [:])
        #expect(outcome.output == "[]\n")
        #expect(outcome.exitCode == 0)
    }

    @Test(arguments: [["-o", "xml"], ["--level", "audit"], ["--root-namespaces", ","], ["--bogus"], ["a.yaml"]])
    func refusesWrongUsage(_ arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try LintCommand.parse(arguments) }
        #expect(error.map { LintCommand.exitCode(for: $0).rawValue } == 64)
    }
}
