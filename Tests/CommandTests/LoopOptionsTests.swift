import Admission
import ArgumentParser
import HTTP
import Kubernetes
import Schema
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct LoopOptionsTests {
    private func apply(
        _ arguments: [String],
        _ environment: [String: String] = [:]
    ) throws -> (settings: ServerSettings, notices: [String]) {
        var settings = ServerSettings(
            certificatePath: "tls.crt",
            privateKeyPath: "tls.key",
            kubeconfig: Kubeconfig(endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 1)),
            prometheus: "http://127.0.0.1:1"
        )
        let notices = try LoopOptions.parse(arguments)
            .apply(to: &settings, environment: Settings(environment: environment))
        return (settings, notices)
    }

    @Test(arguments: [
        ([], [:], false), (["--loop=on"], [:], false), (["--loop=off"], [:], true),
        ([], ["CANARYGATE_LOOP": "off"], true), (["--loop=on"], ["CANARYGATE_LOOP": "off"], false),
    ])
    func theLoopRunsUnlessItIsSwitchedOff(
        arguments: [String],
        environment: [String: String],
        isAdmissionOnly: Bool
    ) throws {
        let (settings, notices) = try apply(arguments, environment)
        #expect(settings.isAdmissionOnly == isAdmissionOnly)
        #expect(notices == [])
    }

    @Test func foreignNamespacesAreRefusedWhereItIsSaid() throws {
        #expect(try !apply([]).settings.refusesForeignNamespaces)
        #expect(try apply(["--no-cross-namespace-refs"]).settings.refusesForeignNamespaces)
        #expect(try apply([], ["CANARYGATE_NO_CROSS_NAMESPACE_REFS": "true"]).settings.refusesForeignNamespaces)
    }

    @Test func theJournalGoesWhereItIsSaid() throws {
        #expect(try apply([]).settings.journalPath == nil)
        #expect(try apply(["--journal", "-"]).settings.journalPath == "-")
        #expect(try apply([], ["CANARYGATE_JOURNAL": "/tmp/journal"]).settings.journalPath == "/tmp/journal")
    }

    @Test(arguments: [(["--admission-only"], [:]), ([], ["CANARYGATE_ADMISSION_ONLY": "true"])])
    func theOldNameStillHoldsAndSaysThatItIsOld(arguments: [String], environment: [String: String]) throws {
        let (settings, notices) = try apply(arguments, environment)
        #expect(settings.isAdmissionOnly)
        #expect(notices == ["--admission-only is deprecated, write --loop=off"])
    }

    @Test func theOldNameDoesNotContradictTheNewOne() {
        let error = #expect(throws: ValidationError.self) { try apply(["--loop=on", "--admission-only"]) }
        #expect(
            error?.message == "--loop=on: contradicts --admission-only, which is the old name of --loop=off"
        )
    }

    @Test func rulesGetTheirModes() throws {
        let modes = try apply(["--rule", "canary/max-weight-zero=deny", "--rule", "canary/no-checks=off"]).settings
            .modes
        #expect(modes.given == ["canary/max-weight-zero": .deny, "canary/no-checks": .off])
        let other = try apply([], ["CANARYGATE_RULES": "canary/no-checks=audit"]).settings.modes
        #expect(other.given == ["canary/no-checks": .audit])
    }

    @Test(arguments: [
        (
            "canary/match-many=warn",
            "--rule canary/match-many=warn has no effect: the rule is asked only with --loop=off"
        ),
        (
            "canary/max-weight-above-100=warn",
            """
            --rule canary/max-weight-above-100=warn is not the whole: the API server refuses most of it by the \
            CustomResourceDefinition
            """
        ),
    ])
    func aModeWithoutItsFullEffectIsToldOf(rule: String, notice: String) throws {
        #expect(try apply(["--rule", rule]).notices == [notice])
    }

    @Test func anUnknownRuleIsRefusedAtTheStart() {
        let error = #expect(throws: ValidationError.self) { try apply(["--rule", "canary/no-check=off"]) }
        #expect(error?.message == "--rule canary/no-check=off: no such rule; did you mean \"canary/no-checks\"?")
    }
}
