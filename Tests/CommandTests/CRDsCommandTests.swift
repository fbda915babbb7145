import ArgumentParser
import JSON
import Platform
import TestSupport
import Testing
import canarygate

/// `canarygate crds`.
@Suite(.timeLimit(.minutes(1))) struct CRDsCommandTests {
    private func text(_ arguments: String...) throws -> String { try CRDsCommand.parse(arguments).text() }

    @Test func servesOneVersionWithoutAWebhook() throws {
        let text = try text()
        #expect(text.contains("- name: v1beta1\n"))
        #expect(!text.contains("v1alpha3\n    served"))
        #expect(!text.contains("conversion:"))
    }

    @Test func printsTheWebhookThatConverts() throws {
        let path = "\(RepositoryFiles.root)/.swift-format"
        let bundle = Base64.encode(try FileStore.read(path))
        let text = try text("--conversion-service", "ops/gate:8443", "--ca-file", path)
        #expect(text.contains("deprecated: true\n"))
        #expect(text.contains("name: gate\n"))
        #expect(text.contains("namespace: ops\n"))
        #expect(text.contains("port: 8443\n"))
        #expect(text.contains(bundle))
    }

    @Test func callsAServerOutsideOfTheCluster() throws {
        let text = try text("--conversion-url", "https://gate.example/")
        #expect(text.contains("url: https://gate.example/convert/canaries\n"), "\(text.suffix(400))")
    }

    @Test(arguments: [
        (
            ["--conversion-service", "gate"],
            "--conversion-service: gate, expected namespace/name or namespace/name:port"
        ),
        (["--conversion-service", "a/b:0"], "--conversion-service: a/b:0, expected"),
        (["--conversion-service", "a/b/c"], "--conversion-service: a/b/c, expected"),
        (["--conversion-service", "/b"], "--conversion-service: /b, expected"),
        (["--conversion-url", "http://a"], "--conversion-url: http://a, expected https://host:port"),
        (["--conversion-url", "https://a/b"], "--conversion-url: https://a/b, expected https://host:port"),
        (
            ["--conversion-url", "https://a", "--conversion-service", "a/b"],
            "--conversion-url: https://a beside --conversion-service, expected one of them"
        ),
        (["--ca-file", "a"], "--ca-file: a, expected --conversion-service or --conversion-url too"),
    ])
    func refusesWhatNamesNoServer(arguments: [String], message: String) {
        do {
            _ = try CRDsCommand.parse(arguments)
            Issue.record("taken")
        } catch {
            #expect(CRDsCommand.message(for: error).hasPrefix(message), "\(CRDsCommand.message(for: error))")
        }
    }
}
