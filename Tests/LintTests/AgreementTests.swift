import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Lint
import Platform
import Schema
import TestSupport
import Testing
import YAML

/// A check and the webhook say the same of an object.
@Suite(.timeLimit(.minutes(1))) struct AgreementTests {
    /// A manifest of a kind, and the webhook that judges it.
    struct Kind: CustomTestStringConvertible {
        let type: ResourceType
        let webhook: any Webhook
        let manifest: String

        /// The kind's name, for the list of tests.
        var testDescription: String { type.kind }
    }

    private static let kinds = [
        Kind(type: .canaries, webhook: FlaggerValidator(.canary), manifest: LintFixture.canary),
        Kind(type: .httpProxies, webhook: HTTPProxyValidator(), manifest: LintFixture.proxy),
        Kind(type: .httpProxies, webhook: HTTPProxyValidator(), manifest: wholeProxy),
        Kind(
            type: .tlsCertificateDelegations,
            webhook: ReferenceGuard(),
            manifest: """
                apiVersion: projectcontour.io/v1
                kind: TLSCertificateDelegation
                metadata: {name: wildcard, namespace: test}
                spec: {delegations: [{secretName: wildcard, targetNamespaces: [web, shop]}]}

                """
        ),
        Kind(
            type: .metricTemplates,
            webhook: FlaggerValidator(.metricTemplate),
            manifest: """
                apiVersion: flagger.app/v1beta1
                kind: MetricTemplate
                metadata: {name: errors, namespace: test}
                spec: {provider: {type: prometheus, address: "http://prometheus:9090"}, query: "1"}

                """
        ),
        Kind(
            type: .alertProviders,
            webhook: FlaggerValidator(.alertProvider),
            manifest: """
                apiVersion: flagger.app/v1beta1
                kind: AlertProvider
                metadata: {name: chat, namespace: test}
                spec: {type: slack, channel: ops, address: "https://hooks.example.com/a"}

                """
        ),
    ]

    /// An HTTPProxy of which most parts may go wrong.
    private static let wholeProxy = """
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata: {name: whole, namespace: test}
        spec:
          virtualhost:
            fqdn: whole.example
            tls: {secretName: whole-tls, clientValidation: {caSecret: ca}}
            corsPolicy: {allowOrigin: ["*"], allowMethods: [GET]}
            jwtProviders: [{name: staff, remoteJWKS: {uri: "https://tokens.example/keys"}}]
          routes:
          - conditions: [{header: {name: x-team, exact: red}}, {prefix: /api}]
            services: [{name: a, port: 80, weight: 90}, {name: b, port: 80, weight: 10, protocol: h2c}]
            timeoutPolicy: {response: 15s}
            loadBalancerPolicy: {strategy: RequestHash, requestHashPolicies: [{hashSourceIP: true}]}
            requestHeadersPolicy: {set: [{name: X-Team, value: red}], remove: [X-Other]}
            rateLimitPolicy: {local: {requests: 10, unit: second}}

        """

    @Test(arguments: kinds)
    func findsWhatTheWebhookFinds(_ kind: Kind) throws {
        try compare(kind, to: try #require(try YAMLParser.documents(in: Array(kind.manifest.utf8)).first).value)
    }

    @Test func findsInTheStorysCanaryWhatTheWebhookFinds() throws {
        let path = "manifests/examples/wrong/max-weight.yaml"
        try compare(Self.kinds[0], to: try #require(try RepositoryFiles.documents(path).first))
    }

    /// Compares what both say of `original` with random changes.
    private func compare(_ kind: Kind, to original: JSONValue) throws {
        var values = SeededValues(seed: 4)
        var wrong: Set<String> = []
        for _ in 0..<200 {
            var object = original
            for _ in 0..<Int.random(in: 1...4, using: &values) { object["spec"] = edited(object["spec"], &values) }
            let webhook = try Self.findings(in: object, by: kind)
            let source = Source(name: "a.yaml", bytes: Array(YAMLWriter.text(object).utf8))
            let lint = Linter(types: LintFixture.types).report(on: [source])
            #expect(lint.faults.isEmpty)
            #expect(lint.findings.map(\.finding).map(Self.named).sorted() == webhook.map(Self.named).sorted())
            wrong.formUnion(webhook.map(\.rule))
        }
        // Objects without a fault would agree on nothing.
        #expect(wrong.count >= 3)
    }

    /// `spec` with something changed, as a whole at times.
    private func edited(_ spec: JSONValue?, _ values: inout SeededValues) -> JSONValue? {
        guard let spec, case .object(var members) = spec, let member = members.members.randomElement(using: &values)
        else { return values.value(depth: 3) }
        switch Int.random(in: 0..<4, using: &values) {
        case 0: members[member.key] = nil
        case 1: members[member.key] = values.value(depth: 2)
        case 2: members[member.key] = values.changed(member.value, depth: 3)
        default: members[member.key] = edited(member.value, &values)
        }
        return .object(members)
    }

    /// What the webhook finds when `object` is made in an empty cluster.
    private static func findings(in object: JSONValue, by kind: Kind) throws -> [Finding] {
        var view = ClusterView()
        for type in LintFixture.types { view.replace(type, with: []) }
        // Files alone say nothing of Secrets that Contour reads.
        if kind.type.group == ResourceType.httpProxies.group { view.expect(.secrets) }
        let request = AdmissionRequest(
            uid: "1",
            group: kind.type.group,
            version: kind.type.version,
            resource: kind.type.plural,
            kind: kind.type.kind,
            name: object.name,
            namespace: object.namespace,
            operation: .create,
            username: "ada",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: nil
        )
        return try kind.webhook.verdict(on: request, in: view, now: Timestamp(seconds: 1_795_579_509)).findings
    }

    private static func named(_ finding: Finding) -> String {
        "\(finding.rule) \(finding.path) \(finding.severity.rawValue)"
    }
}
