import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

@Suite struct CanaryDefaulterTests {
    private func verdict(_ object: JSONValue, old: JSONValue? = nil) throws -> Verdict {
        CanaryDefaulter().verdict(
            on: try CanaryFixture.request(object, old: old),
            in: ClusterView(),
            now: CanaryFixture.now
        )
    }

    private func bare() throws -> JSONValue {
        try CanaryFixture.edited([
            ("/spec/service/targetPort", nil),
            ("/spec/analysis/metrics/0/interval", nil),
            ("/spec/analysis/webhooks/0/type", nil),
            ("/spec/analysis/alerts", [["name": "chat", "providerRef": ["name": "slack"]]]),
        ])
    }

    @Test func writesTheDefaults() throws {
        let patched = try verdict(bare()).patch.applied(to: bare())
        let spec = try #require(patched["spec"])
        #expect(spec["progressDeadlineSeconds"] == 600)
        #expect(spec[path: "service", "portName"] == "http")
        #expect(spec[path: "service", "targetPort"] == 80)
        let analysis = try #require(spec["analysis"])
        #expect(analysis["primaryReadyThreshold"] == 100)
        #expect(analysis["canaryReadyThreshold"] == 100)
        #expect(analysis["metrics"]?[0]?["interval"] == "1m")
        #expect(analysis["metrics"]?[1]?["interval"] == "30s")
        #expect(analysis["webhooks"]?[0]?["type"] == "rollout")
        #expect(analysis["webhooks"]?[0]?["timeout"] == "10s")
        #expect(analysis["alerts"]?[0]?["severity"] == "info")
    }

    /// What nobody has written is nothing to warn him of.
    @Test func addsNothingThatTheValidatorWarnsOf() throws {
        func warnings(_ object: JSONValue) throws -> Set<String> {
            let request = try CanaryFixture.request(object)
            return Set(
                FlaggerValidator(.canary).verdict(on: request, in: ClusterView(), now: CanaryFixture.now).warnings
            )
        }
        let patched = try verdict(bare()).patch.applied(to: bare())
        #expect(try warnings(patched).subtracting(warnings(bare())) == [])
    }

    @Test func doesNothingTheSecondTime() throws {
        let patched = try verdict(bare()).patch.applied(to: bare())
        #expect(try verdict(patched) == .allowed)
        #expect(try verdict(patched, old: bare()).patch.isEmpty)
    }

    @Test func namesAnEmptyHookType() throws {
        let object = try CanaryFixture.edited([("/spec/analysis/webhooks/0/type", "")])
        let patched = try verdict(object).patch.applied(to: object)
        #expect(patched[path: "spec", "analysis", "webhooks"]?[0]?["type"] == "rollout")
        #expect(try verdict(patched) == .allowed)
    }

    @Test func leavesATemplatesWindowOut() throws {
        let object = try CanaryFixture.edited([
            ("/spec/analysis/metrics/0", ["name": "errors", "templateRef": ["name": "errors"]])
        ])
        let patched = try CanaryDefaulter.defaults(for: object).applied(to: object)
        #expect(patched[path: "spec", "analysis", "metrics"]?[0]?["interval"] == nil)
    }

    @Test func refusesWhatTheValidatorWould() throws {
        let object = try CanaryFixture.edited([("/spec/analysis/stepWeight", 60)])
        let verdict = try verdict(object)
        #expect(verdict.patch.isEmpty)
        #expect(verdict.findings.map(\.rule) == ["canary/step-weight-above-max"])
    }

    @Test func leavesAnUnchangedSpecAlone() throws {
        #expect(try verdict(bare(), old: bare()) == .allowed)
    }
}
