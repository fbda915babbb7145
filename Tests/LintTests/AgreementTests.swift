import Admission
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
    /// The story's Canary.
    private static let seed = "manifests/examples/wrong/max-weight.yaml"

    @Test(arguments: 1...4)
    func findsWhatTheWebhookFinds(_ seed: UInt64) throws {
        let original = try #require(try RepositoryFiles.documents(Self.seed).first)
        var values = SeededValues(seed: seed)
        var wrong = 0
        for _ in 0..<100 {
            var object = original
            for _ in 0..<Int.random(in: 1...4, using: &values) { object["spec"] = edited(object["spec"], &values) }
            let webhook = try Self.webhookFindings(object)
            let source = Source(name: "a.yaml", bytes: Array(YAMLWriter.text(object).utf8))
            let lint = Linter(types: LintFixture.types).report(on: [source])
            #expect(lint.faults.isEmpty)
            #expect(lint.findings.map(\.finding).map(Self.named).sorted() == webhook.map(Self.named).sorted())
            wrong += webhook.count
        }
        // Objects without a fault would agree on nothing.
        #expect(wrong > 400)
    }

    /// `spec` with something changed, as a whole at times.
    private func edited(_ spec: JSONValue?, _ values: inout SeededValues) -> JSONValue? {
        guard let spec, case .object(var members) = spec, let member = members.members.randomElement(using: &values)
        else {
            return values.value(depth: 3)
        }
        switch Int.random(in: 0..<4, using: &values) {
        case 0: members[member.key] = nil
        case 1: members[member.key] = values.value(depth: 2)
        case 2: members[member.key] = values.changed(member.value, depth: 3)
        default: members[member.key] = edited(member.value, &values)
        }
        return .object(members)
    }

    private static func webhookFindings(_ object: JSONValue) throws -> [Finding] {
        var view = ClusterView()
        for type in LintFixture.types { view.replace(type, with: []) }
        let request = AdmissionRequest(
            uid: "1",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: "Canary",
            name: "podinfo",
            namespace: "test",
            operation: .create,
            username: "ada",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: nil
        )
        return CanaryValidator().verdict(on: request, in: view, now: Timestamp(seconds: 1_795_579_509)).findings
    }

    private static func named(_ finding: Finding) -> String {
        "\(finding.rule) \(finding.path) \(finding.severity.rawValue)"
    }
}
