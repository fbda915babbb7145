import ArgumentParser
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct RulesCommandTests {
    @Test func listsOneRuleOnALine() throws {
        let lines = try RulesCommand.parse([]).text.split(separator: "\n").map(String.init)
        #expect(
            lines.contains {
                $0.split(separator: " ").joined(separator: " ")
                    == "canary/step-weight-above-max deny stepWeight may not be above maxWeight"
            }
        )
        #expect(lines.contains { $0.hasPrefix("httpproxy/fqdn-taken ") && $0.contains(" deny  ") })
        #expect(lines.contains { $0.hasPrefix("canary/match-many ") && $0.contains("deny  --loop=off  ") })
    }

    @Test(arguments: ["lint/mode-label", "lint/suppression-without-reason", "lint/unused-suppression"])
    func listsWhatOnlyTheCheckHas(id: String) throws {
        let lines = try RulesCommand.parse([]).text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("\(id) ") && $0.contains("warn  lint  ") })
        let entry = """
                "id": "\(id)",
                "severity": "warn",
                "scope": "lint",
            """
        #expect(try RulesCommand.parse(["-o", "json"]).text.contains(entry))
    }

    @Test func writesThemAsJSON() throws {
        let text = try RulesCommand.parse(["-o", "json"]).text
        #expect(
            text.contains(
                """
                  {
                    "id": "canary/target-taken",
                    "severity": "deny",
                    "scope": "always",
                    "fixed": true,
                    "summary": "one workload has one Canary",
                    "label": "rules.canarygate.dev/canary.target-taken",
                    "page": "docs/rules/canary/target-taken.md"
                  }
                """
            )
        )
        #expect(text.hasPrefix("[\n") && text.hasSuffix("]\n"))
    }
}
