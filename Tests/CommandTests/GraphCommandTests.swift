import ArgumentParser
import Platform
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct GraphCommandTests {
    private static let right = """
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata: {name: root, namespace: test}
        spec: {virtualhost: {fqdn: a.io}, routes: [{directResponsePolicy: {statusCode: 200}}]}

        """

    private func outcome(of manifest: String, _ arguments: String...) async throws -> LintCommand.Outcome {
        let folder = try TemporaryFolder(manifest)
        let command = try GraphCommand.parse(["-f", folder.path] + arguments)
        return try await command.outcome(environment: ["KUBECONFIG": "/nowhere/config"])
    }

    @Test(arguments: ["text", "json", "dot", "mermaid"]) func exitsByWhatItDraws(_ format: String) async throws {
        let right = try await outcome(of: Self.right, "-o", format)
        #expect(right.exitCode == 0)
        #expect(right.output.contains("a.io"))
        #expect(right.complaints.isEmpty)
        let wrong = Self.right.replacing(
            "routes: [{directResponsePolicy: {statusCode: 200}}]",
            with: "includes: [{name: x}]"
        )
        #expect(try await outcome(of: wrong, "-o", format).exitCode == 1)
        let unreadable = try await outcome(of: Self.right + "---\nspec: {}\n", "-o", format)
        #expect(unreadable.exitCode == 65)
        #expect(unreadable.output.contains("a.io"))
        #expect(unreadable.complaints.contains("no apiVersion and no kind"))
    }

    @Test func tellsOfAClusterThatCannotBeReached() async throws {
        let command = try GraphCommand.parse(["--cluster"])
        let outcome = try await command.outcome(environment: ["KUBECONFIG": "/nowhere/config"])
        #expect(outcome.exitCode == 69)
        #expect(outcome.output.isEmpty)
        #expect(outcome.complaints == "read the cluster: load kubeconfig /nowhere/config: no such file or directory\n")
    }

    @Test func drawsOneHost() async throws {
        let both = Self.right + "---\n" + Self.right.replacing("root", with: "other").replacing("a.io", with: "b.io")
        let outcome = try await outcome(of: both, "--host", "b.io")
        #expect(outcome.output.hasPrefix("b.io, plain HTTP\n└── root test/other: valid\n"))
        #expect(!outcome.output.contains("a.io"))
        let error = await #expect(throws: ValidationError.self) {
            try await self.outcome(of: both, "--host", "c.io")
        }
        #expect(error?.message == "--host c.io: no HTTPProxy has that host")
    }

    @Test func asksHowContourIsSetUp() async throws {
        let outcome = try await outcome(of: Self.right, "--contour-ingress-class", "internal")
        #expect(outcome.output.contains("test/root: of no ingress class\n"))
        #expect(try await self.outcome(of: Self.right, "--contour-root-namespaces", "edge").exitCode == 1)
    }

    @Test func refusesAFormatThatThereIsNot() {
        #expect(throws: (any Error).self) { try GraphCommand.parse(["-o", "svg"]) }
    }
}
