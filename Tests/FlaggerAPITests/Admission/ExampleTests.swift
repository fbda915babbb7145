import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import TestSupport
import Testing

/// The examples of `manifests/examples`: the seed's Canary, and the three wrong ones.
@Suite struct ExampleTests {
    private func findings(_ path: String) throws -> [Finding] {
        let object = try #require(try RepositoryFiles.documents("manifests/examples/\(path)").first)
        return CanaryRules.findings(in: object)
    }

    @Test func acceptsTheSeedsCanaryWithOneWarning() throws {
        #expect(
            try findings("canary.yaml").map { "\($0.severity) \($0.text)" } == [
                """
                warn spec.service.retries.retryOn: the default, 5xx, hides faults; write connect-failure \
                [canary/retry-on-missing]
                """
            ]
        )
    }

    @Test(arguments: [
        (
            "wrong/renamed-analysis.yaml",
            [
                """
                spec.canaryAnalysis: was renamed to spec.analysis and is not read here, so no revision would ever be \
                judged; move it to spec.analysis [canary/renamed-analysis]
                """
            ]
        ),
        (
            "wrong/max-weight.yaml",
            [
                """
                spec.analysis.stepWeight: the revision would get no traffic and wait for ever; write a stepWeight of \
                1 to 100 [canary/step-weight-below-1]
                """,
                """
                spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; write a \
                maxWeight of 1 to 100 [canary/max-weight-above-100]
                """,
            ]
        ),
        (
            "wrong/misspelt-threshold.yaml",
            [
                "spec.analysis.treshold: unknown field; did you mean \"threshold\"? [canary/unknown-field]",
                "spec.analysis.metrics[0].treshold: unknown field; did you mean \"threshold\"? [canary/unknown-field]",
            ]
        ),
    ])
    func refusesTheWrongOnes(path: String, expected: [String]) throws {
        #expect(try findings(path).filter { $0.severity == .deny }.map(\.text) == expected)
    }

    /// What anyone reads who applies the examples in any order is not cut.
    @Test func warnsInWhole() throws {
        for name in ["canary", "wrong/renamed-analysis", "wrong/max-weight", "wrong/misspelt-threshold"] {
            let canary = try #require(try RepositoryFiles.documents("manifests/examples/\(name).yaml").first)
            let empty = ClusterView([.deployments: [:], .autoscalers: [:]])
            let findings = CanaryRules.findings(in: canary) + CanaryRules.findings(in: canary, among: empty)
            let warnings = findings.filter { $0.severity == .warn }.map(\.text)
            #expect(warnings.count >= 2)
            #expect(warnings.filter { $0.count > 120 } == [])
        }
    }
}
