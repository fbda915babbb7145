import Admission
import FlaggerAPI
import JSON
import Schema
import TestSupport
import Testing

/// What is said of the fields of `v1alpha3`.
@Suite(.timeLimit(.minutes(1))) struct DeprecationTests {
    private static let old: JSONValue = [
        "apiVersion": "flagger.app/v1alpha3", "kind": "Canary", "metadata": ["name": "podinfo", "namespace": "test"],
        "spec": [
            "canaryAnalysis": [
                "metrics": [
                    ["name": "istio_requests_total", "threshold": 99], ["name": "request-duration", "threshold": 500],
                    ["name": "request-duration", "thresholdRange": ["max": 500]],
                ]
            ]
        ],
    ]

    private static let texts = [
        "spec.canaryAnalysis: the old name; write spec.analysis, in v1beta1 [canary/deprecated-field]",
        """
        spec.canaryAnalysis.metrics[0].name: the old name; write request-success-rate [canary/deprecated-field]
        """,
        """
        spec.canaryAnalysis.metrics[0].threshold: deprecated; write thresholdRange: {min: 99} [canary/deprecated-field]
        """,
        """
        spec.canaryAnalysis.metrics[1].threshold: deprecated; write thresholdRange: {max: 500} [canary/deprecated-field]
        """,
    ]

    @Test func namesEachFieldWithItsReplacement() {
        let findings = CanaryVersions.deprecations(in: Self.old)
        #expect(findings.map(\.text) == Self.texts)
        #expect(findings.allSatisfy { $0.severity == .warn })
        // Longer ones would be cut in kubectl's warnings.
        #expect(findings.allSatisfy { $0.text.count <= 120 })
    }

    @Test func saysThatTheNewNameBelongsToTheNewVersion() throws {
        var object = Self.old
        object["spec"] = ["analysis": ["threshold": 5]]
        #expect(
            CanaryVersions.deprecations(in: object).map(\.text) == [
                "spec.analysis: in v1alpha3 canaryAnalysis; write flagger.app/v1beta1 [canary/deprecated-field]"
            ]
        )
    }

    @Test func saysNothingOfTheVersionOfToday() {
        #expect(CanaryVersions.deprecations(in: CanaryFixture.good).isEmpty)
        #expect(CanaryVersions.deprecations(in: CanaryVersions.current(of: Self.old)).isEmpty)
    }

    /// A request with `object`, which was sent in `version`.
    private func request(_ object: JSONValue, sentIn version: String) throws -> AdmissionRequest {
        AdmissionRequest(
            uid: "u-1",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: "Canary",
            requestVersion: version,
            name: "podinfo",
            namespace: "test",
            operation: .create,
            username: "admin",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: nil
        )
    }

    @Test func callsFieldsAsTheyWereSent() throws {
        let object = CanaryVersions.current(of: Self.old)
        for (version, path) in [("v1alpha3", "spec.canaryAnalysis.interval"), ("v1beta1", "spec.analysis.interval")] {
            let request = try request(object, sentIn: version)
            for webhook in [CanaryDefaulter(), FlaggerValidator(.canary)] as [any Webhook] {
                let verdict = try webhook.verdict(on: request, in: ClusterView(), now: CanaryFixture.now)
                let found = verdict.findings.filter { $0.rule == "canary/missing-interval" }
                #expect(found.map(\.path) == [path], "\(webhook.path)")
            }
        }
    }

    @Test func knowsWhatWasSentThoughItWasConverted() throws {
        let object = CanaryVersions.current(of: Self.old)
        for (version, texts) in [("v1alpha3", Self.texts), ("v1beta1", [])] {
            let request = try request(object, sentIn: version)
            let verdict = FlaggerValidator(.canary).verdict(on: request, in: ClusterView(), now: CanaryFixture.now)
            let found = verdict.findings.filter { $0.rule == "canary/deprecated-field" }
            #expect(found.map(\.text) == texts)
        }
    }
}
