import JSON
import TestSupport
import Testing

/// What of the gate and the guard the API server is told to ask about.
@Suite(.timeLimit(.minutes(1))) struct RegistrationTests {
    /// `apps/deployments UPDATE` for everything that the webhook `name` is registered for.
    private func registrations(_ name: String) throws -> Set<String> {
        let webhooks = try RepositoryFiles.documents("manifests/base/webhooks.yaml").flatMap {
            $0["webhooks"]?.array ?? []
        }
        let webhook = try #require(webhooks.first { $0["name"]?.string == name })
        let rules = webhook["rules"]?.array ?? []
        return Set(
            rules.flatMap { rule in
                let group = rule["apiGroups"]?[0]?.string ?? ""
                return (rule["resources"]?.array ?? []).flatMap { resource in
                    (rule["operations"]?.array ?? []).map { "\(group)/\(resource.string ?? "") \($0.string ?? "")" }
                }
            }
        )
    }

    @Test func theGateSeesEveryWayToATemplateOrPods() throws {
        #expect(
            try registrations("gate.deployments.canarygate.dev") == [
                "apps/deployments CREATE", "apps/deployments UPDATE", "apps/deployments/scale UPDATE",
            ]
        )
    }

    @Test func theGuardSeesWhatTheLoopOwns() throws {
        #expect(
            try registrations("owned.canarygate.dev") == [
                "apps/deployments CREATE", "apps/deployments UPDATE", "apps/deployments DELETE",
                "apps/deployments/scale UPDATE", "flagger.app/canaries/status UPDATE",
                "autoscaling/horizontalpodautoscalers UPDATE", "autoscaling/horizontalpodautoscalers DELETE",
                "/services UPDATE", "/services DELETE",
                "projectcontour.io/httpproxies UPDATE", "projectcontour.io/httpproxies DELETE",
            ]
        )
    }
}
