import ArgumentParser
import Foundation
import Platform
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct LintCommandTests {
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
        let folder = try TemporaryFolder(manifest)
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

    @Test func asksWhatHoldsBesideFlagger() async throws {
        let own = Self.right.replacingOccurrences(
            of: "name: request-success-rate",
            with: "name: a, templateRef: {name: a}"
        )
        let ours = try await outcome(of: own, "-o", "json")
        #expect(ours.output.contains("canary/not-supported-yet"))
        let beside = try await outcome(of: own, "-o", "json", "--loop", "off")
        #expect(!beside.output.contains("canary/not-supported-yet"))
        #expect(beside.output.contains("canary/template-missing"))
        #expect(beside.exitCode == 1)
        #expect(try await outcome(of: own, "--loop", "off", "--level", "deny").exitCode == 0)
    }

    @Test func changesTheModesOfRules() async throws {
        let text = Self.right.components(separatedBy: "---\n")[0]
        #expect(try await outcome(of: text, "--rule", "canary/target-missing=off").exitCode == 0)
        let raised = try await outcome(of: text, "--rule", "canary/target-missing=deny", "--level", "deny")
        #expect(raised.exitCode == 1)
        #expect(raised.output.contains("deny spec.targetRef.name: no such Deployment yet (not in these files)"))
        let idle = try await outcome(of: Self.right, "--rule", "canary/match-many=warn")
        #expect(idle.exitCode == 0)
        #expect(
            idle.complaints
                == "note: --rule canary/match-many=warn has no effect: the rule is asked only with --loop=off\n"
        )
    }

    @Test func readsTheSettingsOfTheServerFromTheEnvironment() async throws {
        let folder = try TemporaryFolder(
            Self.right.replacingOccurrences(of: "  service:", with: "  provider: istio\n  service:")
        )
        let command = try LintCommand.parse(["-f", folder.path])
        #expect(try await command.outcome(environment: [:]).exitCode == 1)
        #expect(try await command.outcome(environment: ["CANARYGATE_LOOP": "off"]).exitCode == 0)
    }

    @Test func refusesRulesThatThereAreNot() async throws {
        let error = await #expect(throws: ValidationError.self) {
            try await outcome(of: Self.right, "--rule", "canary/no-check=off")
        }
        #expect(error?.message == "--rule canary/no-check=off: no such rule; did you mean \"canary/no-checks\"?")
    }

    @Test func readsSeveralFilesBehindOneFlag() async throws {
        let first = try TemporaryFolder(Self.right.components(separatedBy: "---\n")[0])
        let second = try TemporaryFolder(Self.right.components(separatedBy: "---\n")[1])
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
