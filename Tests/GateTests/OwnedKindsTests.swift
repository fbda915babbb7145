import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// The further kinds that a Canary controls, and its target.
@Suite(.timeLimit(.minutes(1))) struct OwnedKindsTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func owned(_ object: JSONValue) -> JSONValue {
        var object = object
        object[path: "metadata", "name"] = "podinfo-primary"
        object[path: "metadata", "namespace"] = "test"
        object[path: "metadata", "ownerReferences"] = [
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                "controller": true,
            ]
        ]
        return object
    }

    private func refusal(_ type: ResourceType, from stored: JSONValue, to sent: JSONValue?) throws -> String {
        let call = try request(
            sent == nil ? .delete : .update,
            type,
            from: owned(stored),
            to: sent.map { owned($0) }
        )
        return guardian.verdict(
            on: call,
            in: view(canary(kind: type == .daemonSets ? "DaemonSet" : "Deployment")),
            now: now
        )
        .forbidden ?? ""
    }

    @Test func keepsThePrimarysCopiesOfConfigs() throws {
        let data: JSONValue = ["data": ["a": "1"]]
        let changed: JSONValue = ["data": ["a": "2"]]
        let byHand = "annotate configmap/podinfo-primary canarygate.dev/break-glass='<reason>'"
        let refusal = try refusal(.configMaps, from: data, to: changed)
        #expect(refusal.contains("kubectl -n test edit configmap/podinfo, which opens a gated revision; or"))
        #expect(refusal.hasSuffix(byHand))
        #expect(
            try self.refusal(.secrets, from: data, to: changed).hasPrefix("secret/podinfo-primary belongs to canary")
        )
        #expect(try self.refusal(.secrets, from: data, to: nil).contains("live traffic needs it"))
        var touched = data
        touched[path: "metadata", "labels", "team"] = "web"
        #expect(try self.refusal(.configMaps, from: data, to: touched).isEmpty)
    }

    @Test func keepsThePrimarysScalerAndBudget() throws {
        let (old, new): (JSONValue, JSONValue) = (["spec": ["maxReplicaCount": 4]], ["spec": ["maxReplicaCount": 9]])
        #expect(
            try refusal(.scaledObjects, from: old, to: new).hasPrefix("scaledobject/podinfo-primary belongs to canary")
        )
        #expect(
            try refusal(.podDisruptionBudgets, from: old, to: new).hasPrefix("pdb/podinfo-primary belongs to canary")
        )
        let call = try request(
            .update,
            .scaledObjects,
            from: owned(old),
            to: owned(new),
            by: ControlPlane.kedaByDefault
        )
        #expect(guardian.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }

    @Test func keepsADaemonSetsPods() throws {
        let (old, new): (JSONValue, JSONValue) = (
            ["spec": ["template": podinfo310]], ["spec": ["template": podinfo311]]
        )
        let refusal = try refusal(.daemonSets, from: old, to: new)
        #expect(refusal.contains("kubectl -n test set image daemonset/podinfo podinfod=stefanprodan/podinfo:3.1.1"))
    }

    @Test func doesNotMindAnotherSpellingOfATemplate() throws {
        var spelled = podinfo310
        spelled[path: "spec", "dnsPolicy"] = "ClusterFirst"
        let (old, new): (JSONValue, JSONValue) = (["spec": ["template": podinfo310]], ["spec": ["template": spelled]])
        #expect(try refusal(.deployments, from: old, to: new).contains("its pods change only by promotion") == false)
    }

    @Test func keepsATargetWhileItsCanaryLives() throws {
        let call = try request(.delete, from: deployment(podinfo310), to: nil)
        #expect(
            guardian.verdict(on: call, in: view(canary()), now: now).forbidden == """
                deployment/podinfo is the target of canary podinfo, which would have nothing to roll out and nothing to \
                give the traffic back to; instead run: kubectl -n test delete canary/podinfo, wait until it is gone, and \
                delete deployment/podinfo then; or, to do it by hand all the same: kubectl -n test annotate \
                deployment/podinfo canarygate.dev/break-glass='<reason>'
                """
        )
        #expect(guardian.verdict(on: call, in: view(canary(phase: "Initializing")), now: now) == .allowed)
        #expect(guardian.verdict(on: call, in: view(canary(kind: "DaemonSet")), now: now) == .allowed)
        let collected = try request(
            .delete,
            from: deployment(podinfo310),
            to: nil,
            by: "system:serviceaccount:kube-system:namespace-controller"
        )
        #expect(guardian.verdict(on: collected, in: view(canary()), now: now) == .allowed)
        let glass = deployment(podinfo310, annotations: ["canarygate.dev/break-glass": "moved"])
        let broken = try request(.delete, from: glass, to: nil)
        #expect(guardian.verdict(on: broken, in: view(canary()), now: now).brokenGlass?.reason == "moved")
    }
}
