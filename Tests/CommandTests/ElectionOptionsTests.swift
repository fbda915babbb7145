import ArgumentParser
import HTTP
import Kubernetes
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct ElectionOptionsTests {
    private func settings(
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        variables: [String: String] = [:],
        namespace: String? = nil,
        username: String = ServerSettings.defaultUsername,
        isAdmissionOnly: Bool = false
    ) throws -> ServerSettings {
        let cluster = Kubeconfig(
            endpoint: .init(isSecure: true, host: "127.0.0.1", port: 6_443),
            namespace: namespace
        )
        var settings = ServerSettings(certificatePath: "", privateKeyPath: "", kubeconfig: cluster, prometheus: "")
        settings.username = username
        settings.isAdmissionOnly = isAdmissionOnly
        try ElectionOptions.parse(arguments)
            .apply(to: &settings, environment: Settings(environment: environment), variables: variables)
        return settings
    }

    private func namespace(
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        variables: [String: String] = [:],
        context: String? = nil,
        username: String = ServerSettings.defaultUsername
    ) throws -> String? {
        try settings(
            arguments,
            environment: environment,
            variables: variables,
            namespace: context,
            username: username
        )
        .lease?.lease.namespace
    }

    @Test func electsALeaderByALeaseInOurOwnNamespace() throws {
        let settings = try settings(variables: ["POD_NAMESPACE": "gates", "POD_NAME": "canarygate-1"])
        #expect(settings.lease?.lease == ObjectKey(namespace: "gates", name: "canarygate"))
        let election = try #require(settings.lease?.election)
        #expect(election.identity.hasPrefix("canarygate-1_") && election.fault == nil)
        // Who waits longest after a lease was handed over, by client-go's jitter.
        #expect(election.retryPeriod * 2.2 <= .seconds(2))
        #expect(settings.workers == 8)
    }

    @Test func looksForTheNamespaceInOneOrder() throws {
        let pod = ["POD_NAMESPACE": "pod"]
        let given = ["CANARYGATE_LEASE_NAMESPACE": "given"]
        #expect(try namespace(["--lease-namespace", "flag"], environment: given, variables: pod) == "flag")
        #expect(try namespace(environment: given, variables: pod, context: "context") == "given")
        #expect(try namespace(variables: pod, context: "context") == "pod")
        #expect(try namespace(context: "context") == "context")
        #expect(try namespace() == "canarygate-system")
        #expect(try namespace(username: "ada") == "default")
    }

    @Test func electsNobodyWhereThatIsNotWanted() throws {
        #expect(try settings(["--leader-election", "off"]).lease == nil)
        #expect(try settings(environment: ["CANARYGATE_LEADER_ELECTION": "off"]).lease == nil)
        #expect(try settings(["--leader-election", "on"], isAdmissionOnly: true).lease == nil)
        #expect(throws: (any Error).self) { try settings(environment: ["CANARYGATE_LEADER_ELECTION": "maybe"]) }
    }

    @Test func takesANumberOfWorkersThatMakesSense() throws {
        #expect(try settings(["--workers", "3"], environment: ["CANARYGATE_WORKERS": "5"]).workers == 3)
        #expect(try settings(environment: ["CANARYGATE_WORKERS": "5"]).workers == 5)
        for count in ["0", "257"] {
            #expect(throws: ValidationError.self) { try settings(["--workers", count]) }
        }
    }
}
