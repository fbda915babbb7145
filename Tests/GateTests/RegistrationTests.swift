import JSON
import TestSupport
import Testing

/// What of the gate and the guard the API server is told to ask about.
@Suite(.timeLimit(.minutes(1))) struct RegistrationTests {
    private func webhooks() throws -> [JSONValue] {
        try RepositoryFiles.documents("manifests/base/webhooks.yaml").flatMap { $0["webhooks"]?.array ?? [] }
    }

    /// `apps/deployments UPDATE` for everything that the webhook at `path` is registered for.
    private func registrations(_ path: String) throws -> Set<String> {
        let rules = try webhooks().filter { $0[path: "clientConfig", "service", "path"]?.string == path }
            .flatMap { $0["rules"]?.array ?? [] }
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
            try registrations("/mutate/deployments") == [
                "apps/deployments CREATE", "apps/deployments UPDATE", "apps/deployments/scale UPDATE",
                "apps/daemonsets CREATE", "apps/daemonsets UPDATE",
            ]
        )
    }

    @Test func theGateSeesTheConfigsThatARevisionIsMadeOf() throws {
        #expect(try registrations("/mutate/configs") == ["/configmaps UPDATE", "/secrets UPDATE"])
    }

    @Test func noneCanStopACluster() throws {
        for webhook in try webhooks() {
            let name = webhook["name"]?.string ?? ""
            let left = webhook[path: "namespaceSelector", "matchExpressions"]?[0]
            #expect(left?["operator"] == "NotIn", "\(name)")
            #expect(left?["values"] == ["canarygate-system", "kube-system", "kube-node-lease"], "\(name)")
            #expect((1...5).contains(webhook["timeoutSeconds"]?.int ?? 10), "\(name)")
            for rule in webhook["rules"]?.array ?? [] {
                let resources = (rule["resources"]?.array ?? []).compactMap(\.string)
                #expect(resources.allSatisfy { !$0.contains("*") }, "\(name)")
                #expect(rule["operations"]?.array?.contains("*") == false, "\(name)")
                // Nothing but our own kinds waits for this server.
                let isOurs = rule["apiGroups"] == ["flagger.app"]
                #expect(isOurs || webhook["failurePolicy"] == "Ignore", "\(name)")
            }
        }
    }

    /// ConfigMaps and Secrets change all the time, everywhere.
    @Test func nobodyIsAskedAboutTheConfigsOfOthers() throws {
        let gate = try #require(try webhooks().first { $0["name"] == "configs.canarygate.dev" })
        #expect(gate[path: "objectSelector", "matchLabels"] == ["canarygate.dev/managed": "true"])
        for webhook in try webhooks() {
            let resources = (webhook["rules"]?.array ?? []).flatMap { $0["resources"]?.array ?? [] }
            guard resources.contains("secrets") || resources.contains("configmaps") else { continue }
            #expect(webhook["objectSelector"] != nil || webhook["matchConditions"]?.array?.isEmpty == false)
        }
    }

    @Test func theGuardSeesWhatTheLoopOwns() throws {
        #expect(
            try registrations("/validate/owned") == [
                "apps/deployments CREATE", "apps/deployments UPDATE", "apps/deployments DELETE",
                "apps/deployments/scale UPDATE", "flagger.app/canaries/status UPDATE",
                "autoscaling/horizontalpodautoscalers UPDATE", "autoscaling/horizontalpodautoscalers DELETE",
                "/services UPDATE", "/services DELETE", "/configmaps UPDATE", "/configmaps DELETE",
                "/secrets UPDATE", "/secrets DELETE", "apps/daemonsets UPDATE", "apps/daemonsets DELETE",
                "policy/poddisruptionbudgets UPDATE", "policy/poddisruptionbudgets DELETE",
                "keda.sh/scaledobjects UPDATE", "keda.sh/scaledobjects DELETE",
                "projectcontour.io/httpproxies UPDATE", "projectcontour.io/httpproxies DELETE",
            ]
        )
    }
}
