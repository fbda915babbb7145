import ArgumentParser
import Platform
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct ExplainCommandTests {
    @Test(arguments: ["canary/threshold-below-1", "[canary/threshold-below-1]", "httpproxy/fqdn-taken"])
    func printsThePage(id: String) throws {
        let page = try ExplainCommand.parse([id]).page()
        let bare = id.filter { $0 != "[" && $0 != "]" }
        #expect(page == (try RepositoryFiles.text("docs/rules/\(bare).md")))
        #expect(page.hasPrefix("# \(bare)\n"))
    }

    @Test func saysWhereARuleOfTheCheckIsExplained() throws {
        #expect(
            try ExplainCommand.parse(["lint/unused-suppression"]).page() == """
                # lint/unused-suppression

                A suppression takes a finding away.

                A warning of `canarygate lint` alone; docs/lint.md tells more.

                """
        )
        #expect(try RepositoryFiles.text("docs/lint.md").contains("`lint/unused-suppression`"))
    }

    @Test(arguments: [
        ("canary/treshold-below-1", "did you mean \"canary/threshold-below-1\"?"),
        ("threshold-below-1", "did you mean \"canary/threshold-below-1\"?"),
        ("canary/xyzzy", "canary/xyzzy: no such rule; canarygate rules lists them"),
        ("httpproxy/fqdn-mising", "did you mean \"httpproxy/fqdn-missing\"?"),
        ("deployment/anything", "deployment/anything: no such rule; canarygate rules lists them"),
    ])
    func saysWhyThereIsNone(id: String, words: String) {
        let error = #expect(throws: (any Error).self) { try ExplainCommand.parse([id]) }
        guard let error else { return }
        #expect(ExplainCommand.message(for: error).contains(words), "\(ExplainCommand.message(for: error))")
        #expect(ExplainCommand.exitCode(for: error).rawValue == 64)
    }

    @Test func wantsARule() {
        let error = #expect(throws: (any Error).self) { try ExplainCommand.parse([]) }
        guard let error else { return }
        #expect(ExplainCommand.exitCode(for: error).rawValue == 64)
    }
}
