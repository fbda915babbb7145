import Lint
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct GraphDocumentTests {
    private static func text(_ path: String) throws -> String {
        try RepositoryFiles.text(path)
    }

    /// The drawing of the examples, `old` in the HTTPProxy replaced by `new`, as the page shows it.
    private static func drawing(replacing old: String = "", with new: String = "") throws -> String {
        let proxy = try text("manifests/examples/httpproxy.yaml").replacing(old, with: new)
        let report = GraphFixture.report(try text("manifests/examples/canary.yaml"), proxy)
        let lines = GraphFormat.text.text(of: report).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    }

    @Test func thePageShowsWhatIsDrawn() throws {
        let page = try Self.text("docs/graph.md")
        #expect(page.contains(try Self.drawing()))
        #expect(page.contains(try Self.drawing(replacing: "name: podinfo\n", with: "name: podinfo-app\n")))
    }
}
