import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

/// Changes of a Canary whose objects are made.
@Suite(.timeLimit(.minutes(1))) struct ChangeTests {
    private func texts(_ edits: [(String, JSONValue?)], phase: String = "Progressing") throws -> [String] {
        var stored = CanaryFixture.good
        stored["status"] = ["phase": .string(phase)]
        var canary = try CanaryFixture.edited(edits.map { (path: $0.0, value: $0.1) })
        canary["status"] = stored["status"]
        let request = try CanaryFixture.request(canary, old: stored)
        let verdict = FlaggerValidator(.canary).verdict(on: request, in: ClusterView(), now: CanaryFixture.now)
        #expect(verdict.findings.filter { $0.severity == .warn }.allSatisfy { $0.text.count <= 120 })
        return verdict.findings.map { "\($0.severity) \($0.text)" }
    }

    @Test(arguments: ["Initializing", "Progressing", "Succeeded", "Failed"])
    func refusesAnotherTargetIn(phase: String) throws {
        #expect(
            try texts([("/spec/targetRef/name", "web")], phase: phase) == [
                """
                deny spec.targetRef.name: the traffic is on podinfo-primary, which would be left alone with it; write \
                podinfo, or delete the Canary and create another [canary/target-fixed]
                """
            ]
        )
    }

    @Test func refusesAnotherServiceName() throws {
        #expect(
            try texts([("/spec/service/name", "web")]) == [
                """
                deny spec.service.name: Services and HTTPProxy are named podinfo, and would be left with the traffic; \
                write podinfo, or delete the Canary and create it anew [canary/service-name-fixed]
                """
            ]
        )
        #expect(try texts([("/spec/service/name", "podinfo")]).isEmpty)
    }

    @Test(arguments: ["Initialized", "Progressing"]) func refusesToLeaveTheRouteBehind(phase: String) throws {
        let edits: [(String, JSONValue?)] = [
            ("/spec/provider", "kubernetes"), ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
            ("/spec/analysis/iterations", 5),
        ]
        #expect(
            try texts(edits, phase: phase) == [
                """
                deny spec.provider: HTTPProxy podinfo divides the traffic, and would be left with the weights that it \
                has; write contour, or delete the Canary and create it anew [canary/provider-fixed]
                """
            ]
        )
        #expect(try texts(edits, phase: "").isEmpty)
        #expect(try texts([("/spec/provider", "contour")], phase: phase).isEmpty)
    }

    @Test func refusesAPortThatTheRouteDoesNotLeadTo() throws {
        #expect(
            try texts([("/spec/service/port", 8080)]) == [
                """
                deny spec.service.port: HTTPProxy podinfo leads to port 80, and would find no Service there; write 80, \
                or delete the Canary and create it anew [canary/port-fixed]
                """
            ]
        )
        #expect(try texts([("/spec/service/port", 8080)], phase: "").isEmpty)
    }

    @Test func warnsOfAPortThatThePrimarysPodsMayNotHave() throws {
        #expect(
            try texts([("/spec/service/targetPort", 8080)]) == [
                """
                warn spec.service.targetPort: holds for the primary's pods at once; name a port in the pods \
                [canary/target-port-at-once]
                """
            ]
        )
    }

    @Test func letsATargetBeCorrectedBeforeAnythingIsMade() throws {
        #expect(try texts([("/spec/targetRef/name", "web")], phase: "").isEmpty)
    }

    @Test func warnsOfWhatIsReadOnce() throws {
        #expect(
            try texts([
                ("/spec/service/timeout", "20s"), ("/spec/service/trafficDistribution", "PreferClose"),
                ("/spec/analysis/threshold", 3),
            ]) == [
                "warn spec.service.timeout: HTTPProxy podinfo is not made again; edit it too [canary/read-once]",
                """
                warn spec.service.trafficDistribution: the Services are not made again; edit them too \
                [canary/read-once]
                """,
            ]
        )
    }
}
