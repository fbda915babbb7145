import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

@Suite struct FlaggerValidatorTests {
    private func verdict(
        _ object: JSONValue,
        old: JSONValue? = nil,
        subresource: String? = nil,
        in view: ClusterView = ClusterView()
    ) throws -> Verdict {
        let request = try CanaryFixture.request(object, old: old, subresource: subresource)
        return FlaggerValidator(.canary).verdict(on: request, in: view, now: CanaryFixture.now)
    }

    private func wrong() throws -> JSONValue { try CanaryFixture.edited([("/spec/analysis/maxWeight", 150)]) }

    @Test func acceptsAGoodOne() throws {
        #expect(try verdict(CanaryFixture.good) == .allowed)
    }

    @Test func findsAllFaultsAtOnce() throws {
        let object = try CanaryFixture.edited([
            ("/spec/analysis/maxWeight", 150), ("/spec/analysis/threshold", nil), ("/spec/analysis/treshold", 5),
            ("/spec/service/port", "http"), ("/spec/analysis/metrics/0/name", "errors"),
        ])
        let verdict = try verdict(object)
        #expect(!verdict.isAllowed)
        #expect(
            verdict.findings.map(\.path) == [
                "spec.service.port", "spec.analysis.treshold", "spec.analysis.maxWeight",
                "spec.analysis.metrics[0].name",
            ]
        )
    }

    @Test func refusesAnUpdateThatMakesItWrong() throws {
        #expect(try !verdict(wrong(), old: CanaryFixture.good).isAllowed)
    }

    @Test func letsAnUnchangedWrongSpecThroughWithWarnings() throws {
        var relabelled = try wrong()
        relabelled[path: "metadata", "labels", "team"] = "web"
        let verdict = try verdict(relabelled, old: wrong())
        #expect(verdict.isAllowed)
        #expect(verdict.findings.map(\.severity) == [.warn])
    }

    @Test func neverStandsInTheWayOfDeletion() throws {
        var leaving = try CanaryFixture.edited([("/spec/analysis/maxWeight", 151)])
        leaving[path: "metadata", "deletionTimestamp"] = "2026-11-25T04:00:00Z"
        #expect(try verdict(leaving, old: wrong()) == .allowed)
    }

    @Test func ignoresSubresources() throws {
        #expect(try verdict(wrong(), old: CanaryFixture.good, subresource: "status") == .allowed)
    }

    @Test func ignoresADeletionWithoutObject() {
        let request = AdmissionRequest(
            uid: "u",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: "Canary",
            name: nil,
            namespace: "test",
            operation: .delete,
            username: "admin",
            object: nil,
            oldObject: nil
        )
        #expect(FlaggerValidator(.canary).verdict(on: request, in: ClusterView(), now: CanaryFixture.now) == .allowed)
        #expect(CanaryDefaulter().verdict(on: request, in: ClusterView(), now: CanaryFixture.now) == .allowed)
    }

    @Test func toleratesAMissingName() throws {
        let object = try CanaryFixture.edited([("/metadata/name", nil), ("/metadata/generateName", "podinfo-")])
        #expect(try verdict(object) == .allowed)
    }

    @Test(arguments: [JSONValue.array([]), .object(JSONObject()), ["spec": 3], ["spec": ["analysis": "30s"]]])
    func survivesAnyShape(object: JSONValue) throws {
        _ = try verdict(object)
        _ = CanaryDefaulter().verdict(
            on: try CanaryFixture.request(object),
            in: ClusterView(),
            now: CanaryFixture.now
        )
    }
}
