import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What becomes of a finding, by the server's settings and by a namespace's labels.
@Suite(.timeLimit(.minutes(1))) struct RuleModesTests {
    /// A Canary whose maxWeight of 0 is warned about, and whose stepWeight is refused.
    private func canary() throws -> JSONValue {
        try CanaryFixture.edited([("/spec/analysis/maxWeight", 0), ("/spec/analysis/stepWeight", 150)])
    }

    private func view(_ labels: JSONValue) -> ClusterView {
        var view = ClusterView()
        view.set(.namespaces, ["kind": "Namespace", "metadata": ["name": "test", "labels": labels]])
        return view
    }

    private func verdict(_ given: [String] = [], _ labels: JSONValue = [:]) throws -> Verdict {
        let modes = try RuleModes(FlaggerRules.book, parsing: given)
        let validator = FlaggerValidator(.canary, judge: Judge(modes: modes))
        let request = try CanaryFixture.request(canary())
        return validator.verdict(on: request, in: view(labels), now: CanaryFixture.now)
    }

    private func texts(_ findings: [Finding]) -> [String] { findings.map { "\($0.severity) \($0.rule)" } }

    @Test func aRuleDoesByItselfWhatTheCatalogueSays() throws {
        let verdict = try verdict()
        #expect(texts(verdict.findings) == ["deny canary/step-weight-above-100", "warn canary/max-weight-zero"])
        #expect(!verdict.isAllowed)
        #expect(verdict.audited == [])
    }

    @Test func theSettingsChangeIt() throws {
        let verdict = try verdict(["canary/step-weight-above-100=warn", "canary/max-weight-zero=deny"])
        #expect(texts(verdict.findings) == ["warn canary/step-weight-above-100", "deny canary/max-weight-zero"])
    }

    @Test func offAsksNoMoreAndAuditTellsNobody() throws {
        let verdict = try verdict(["canary/step-weight-above-100=audit", "canary/max-weight-zero=off"])
        #expect(verdict.isAllowed)
        #expect(verdict.findings == [])
        #expect(verdict.warnings == [])
        #expect(verdict.audited.map(\.rule) == ["canary/step-weight-above-100"])
    }

    @Test func theNamespaceGoesBeforeTheSettings() throws {
        let label = "rules.canarygate.dev/canary.step-weight-above-100"
        let verdict = try verdict(["canary/step-weight-above-100=off"], .object(labels([label: "warn"])))
        #expect(texts(verdict.findings) == ["warn canary/step-weight-above-100", "warn canary/max-weight-zero"])
    }

    @Test func theDefaulterRefusesByTheSameModes() throws {
        let label = "rules.canarygate.dev/canary.step-weight-above-100"
        let request = try CanaryFixture.request(canary())
        let lowered = CanaryDefaulter().verdict(
            on: request,
            in: view(.object(labels([label: "audit"]))),
            now: CanaryFixture.now
        )
        #expect(lowered.isAllowed)
        #expect(!lowered.patch.isEmpty)
        // It is counted once, by the validator.
        #expect(lowered.audited == [])
        let raised = try CanaryDefaulter(
            judge: Judge(modes: RuleModes(FlaggerRules.book, parsing: ["canary/max-weight-zero=deny"]))
        )
        .verdict(
            on: CanaryFixture.request(CanaryFixture.edited([("/spec/analysis/maxWeight", 0)])),
            in: ClusterView(),
            now: CanaryFixture.now
        )
        #expect(raised.findings.map(\.rule) == ["canary/max-weight-zero"])
    }

    @Test(arguments: [
        (
            "rules.canarygate.dev/canary.max-wieght-zero", "off",
            "namespace label canary.max-wieght-zero: no such rule; did you mean canary/max-weight-zero?"
        ),
        (
            "rules.canarygate.dev/canary.max-weight-zero", "of",
            "namespace label canary.max-weight-zero: write off, audit, warn, deny"
        ),
        (
            "rules.canarygate.dev/canray.max-weight-zero", "off",
            "namespace label canray.max-weight-zero: no such rule; did you mean canary/max-weight-zero?"
        ),
        (
            "rules.canarygate.dev/canary.target-taken", "warn",
            "namespace label canary.target-taken=warn: can't be lowered, the rollout relies on it"
        ),
    ])
    func aWrongLabelIsToldAndHasNoEffect(label: String, value: String, note: String) throws {
        let verdict = try verdict([], .object(labels([label: .string(value)])))
        #expect(verdict.warnings == [note])
        #expect(verdict.warnings.allSatisfy { $0.count <= 120 })
        #expect(texts(verdict.findings) == ["deny canary/step-weight-above-100", "warn canary/max-weight-zero"])
    }

    @Test func labelsOfOthersAndOfKindsThatTheBookHasNotSayNothing() throws {
        let labels = labels(["team": "web", "rules.canarygate.dev/httpproxy.fqdn-missing": "off"])
        #expect(try verdict([], .object(labels)).warnings == [])
    }

    @Test(arguments: [
        (
            "canary/max-wieght-zero=off",
            "--rule canary/max-wieght-zero=off: no such rule; did you mean \"canary/max-weight-zero\"?"
        ),
        ("max-weight-zero=off", "--rule max-weight-zero=off: no such rule; did you mean \"canary/max-weight-zero\"?"),
        ("canary/xyzzy=off", "--rule canary/xyzzy=off: no such rule; canarygate rules lists them"),
        (
            "canary/max-weight-zero=of",
            "--rule canary/max-weight-zero=of: \"of\" is no mode, expected one of off, audit, warn, deny"
        ),
        (
            "canary/max-weight-zero",
            "--rule canary/max-weight-zero: no mode, expected canary/max-weight-zero=warn"
        ),
        (
            "canary/target-taken=off",
            "--rule canary/target-taken=off: can't be lowered: the rollout relies on it"
        ),
        (
            "httpproxy/fqdn-missing=off",
            "--rule httpproxy/fqdn-missing=off: no such rule; canarygate rules lists them"
        ),
    ])
    func aWrongSettingIsRefused(text: String, message: String) {
        let error = #expect(throws: RuleModeError.self) { try RuleModes(FlaggerRules.book, parsing: [text]) }
        #expect(error?.description == message)
    }

    @Test func aRuleThatCannotBeLoweredMayBeNamedAsItIs() throws {
        #expect(try RuleModes(FlaggerRules.book, parsing: ["canary/target-taken=deny"]).given.count == 1)
    }

    @Test func anUnchangedSpecIsLetThroughWhateverTheModes() throws {
        let modes = try RuleModes(FlaggerRules.book, parsing: ["canary/max-weight-zero=deny"])
        let request = try CanaryFixture.request(canary(), old: canary())
        let verdict = FlaggerValidator(.canary, judge: Judge(modes: modes))
            .verdict(on: request, in: ClusterView(), now: CanaryFixture.now)
        #expect(verdict.isAllowed)
        #expect(verdict.findings.count == 2)
    }

    private func labels(_ pairs: [String: JSONValue]) -> JSONObject {
        var object = JSONObject()
        for (key, value) in pairs { object[key] = value }
        return object
    }
}
