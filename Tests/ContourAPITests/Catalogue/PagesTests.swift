import ContourAPI
import FlaggerAPI
import Foundation
import Schema
import TestSupport
import Testing

/// The pages in `docs` are what is made from the catalogue and the schemas.
@Suite(.timeLimit(.minutes(1))) struct PagesTests {
    @Test func areWhatIsCommitted() throws {
        for file in try RulePages.files() {
            let committed = try RepositoryFiles.text("docs/\(file.path)")
            #expect(committed == file.text, "docs/\(file.path) is old: run canarygate explain --write docs")
        }
    }

    @Test func nothingElseIsCommitted() throws {
        let made = Set(try RulePages.files().map(\.path))
        for folder in ["rules", "reference"] {
            let names = FileManager.default.enumerator(atPath: "\(RepositoryFiles.root)/docs/\(folder)")?
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }
            #expect(Set(names ?? []).map { "\(folder)/\($0)" }.filter { !made.contains($0) } == [])
        }
    }

    @Test func aPageSaysAllThatThereIsToSay() throws {
        let rule = try #require(FlaggerRules.book["canary/step-weight-above-max"])
        #expect(
            try RuleTrial(rule).page().markdown == """
                # canary/step-weight-above-max

                stepWeight may not be above maxWeight.

                An object that breaks it is refused.

                ## Without it

                The first step goes beyond the ceiling: the revision gets more traffic than maxWeight allows, before \
                anything was measured at a lower share.

                ## Wrong

                ```yaml
                spec:
                  analysis:
                    maxWeight: 50
                    stepWeight: 60
                ```

                ```
                deny: spec.analysis.stepWeight: Invalid value: 60: more than maxWeight (50); write a stepWeight of 1 \
                to 50 [canary/step-weight-above-max]
                ```

                ## Right

                ```yaml
                spec:
                  analysis:
                    maxWeight: 50
                    stepWeight: 10
                ```

                ## Mode

                `deny` by default. For one namespace, and for all:

                ```
                kubectl label namespace NAME rules.canarygate.dev/canary.step-weight-above-max=warn
                canarygate serve --rule canary/step-weight-above-max=warn
                ```

                `off` asks no more; `audit` counts and logs alone; `warn` lets the object through with a warning; \
                `deny` refuses it.

                """
        )
    }

    @Test func aPageOfAFixedRuleSaysSo() throws {
        let rule = try #require(FlaggerRules.book["canary/target-taken"])
        let page = try RuleTrial(rule).page().markdown
        #expect(page.contains("Always `deny`: the rollout itself relies on it"))
        #expect(!page.contains("kubectl label"))
    }

    @Test func aPageSaysThatTheDefinitionHoldsTheRuleToo() throws {
        for (id, isHeld) in [("canary/max-weight-above-100", true), ("canary/unknown-field", false)] {
            let page = try RuleTrial(#require(FlaggerRules.book[id])).page().markdown
            #expect(page.contains("The CustomResourceDefinition holds most of this rule too") == isHeld)
        }
    }

    @Test func aPageShowsWhatAChangeBeganFrom() throws {
        let rule = try #require(FlaggerRules.book["canary/port-fixed"])
        let page = try RuleTrial(rule).page().markdown
        #expect(
            page.contains("A change of this:\n\n```yaml\nstatus:\n  phase: Initialized\n```\n\nto this:\n\n```yaml\n")
        )
    }
}
