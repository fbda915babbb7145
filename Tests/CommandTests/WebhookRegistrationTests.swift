import Admission
import JSON
import TestSupport
import Testing
import canarygate

/// The webhooks as the API server is told of them.
@Suite(.timeLimit(.minutes(1))) struct WebhookRegistrationTests {
    @Test func eachIsRegisteredAsItIs() throws {
        var registered: [String: String] = [:]
        for document in try RepositoryFiles.documents("manifests/base/webhooks.yaml") {
            for webhook in document["webhooks"]?.array ?? [] {
                let path = try #require(webhook[path: "clientConfig", "service", "path"]?.string)
                registered[path] = "\(document["kind"]?.string ?? "") \(webhook["failurePolicy"]?.string ?? "")"
            }
        }
        let webhooks = CanaryGateServer.webhooks(username: "loop", isAdmissionOnly: false)
        let own = webhooks.map { webhook in
            let kind = webhook.isMutating ? "MutatingWebhookConfiguration" : "ValidatingWebhookConfiguration"
            return (webhook.path, "\(kind) \(webhook.failurePolicy.rawValue)")
        }
        #expect(registered == Dictionary(uniqueKeysWithValues: own))
    }

    /// A rule that lists another version too would be sent objects that nobody has converted.
    @Test func canariesAreJudgedInTheVersionThatIsStored() throws {
        var versions: [String: JSONValue] = [:]
        for document in try RepositoryFiles.documents("manifests/base/webhooks.yaml") {
            for webhook in document["webhooks"]?.array ?? [] {
                for rule in webhook["rules"]?.array ?? [] {
                    for resource in rule["resources"]?.array ?? [] where resource.string?.hasPrefix("canaries") == true
                    {
                        versions["\(webhook["name"]?.string ?? "") \(resource.string ?? "")"] = rule["apiVersions"]
                        #expect(webhook["matchPolicy"] == "Equivalent")
                    }
                }
            }
        }
        #expect(
            versions == [
                "canaries.canarygate.dev canaries": ["v1beta1"],
                "status.owned.canarygate.dev canaries/status": ["v1beta1"],
                "defaults.canaries.canarygate.dev canaries": ["v1beta1"],
                "deletions.canarygate.dev canaries": ["v1beta1"],
            ]
        )
    }
}
