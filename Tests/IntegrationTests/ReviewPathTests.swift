import Admission
import Testing
import canarygate

/// Which webhooks the server has.
@Suite(.timeLimit(.minutes(1))) struct ReviewPathTests {
    private static let judges = [
        "/mutate/alertproviders", "/mutate/canaries", "/mutate/metrictemplates", "/validate/alertproviders",
        "/validate/canaries", "/validate/canary-deletions", "/validate/httpproxies", "/validate/metrictemplates",
        "/validate/references",
    ]

    private func paths(isAdmissionOnly: Bool) -> [String] {
        CanaryGateServer.webhooks(username: "loop", isAdmissionOnly: isAdmissionOnly).map(\.path).sorted()
    }

    @Test func judgesAloneBesideFlagger() { #expect(paths(isAdmissionOnly: true) == Self.judges) }

    @Test func gatesAndGuardsWithTheLoop() {
        let all = Self.judges + ["/mutate/configs", "/mutate/deployments", "/validate/owned"]
        #expect(paths(isAdmissionOnly: false) == all.sorted())
    }
}
