import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// What the team does.
extension Stage {
    /// `kubectl set image`, as the Deployment webhook lets it through; without the webhook when it is down.
    func setImage(_ tag: String, isWebhookDown: Bool = false) throws {
        let stored = target
        var proposed = stored
        guard var container = stored[path: "spec", "template", "spec", "containers"]?[0] else { return }
        container["image"] = .string("stefanprodan/podinfo:\(tag)")
        proposed[path: "spec", "template", "spec", "containers"] = [container]
        if !isWebhookDown { proposed = try verdict(on: proposed, insteadOf: stored).patch.applied(to: proposed) }
        let admitted = proposed
        cluster.modify(.deployments, Self.key) { $0 = admitted }
    }

    private func verdict(on object: JSONValue, insteadOf stored: JSONValue) throws -> Verdict {
        var view = ClusterView()
        view.set(.canaries, canary)
        let request = AdmissionRequest(
            uid: "1",
            group: "apps",
            version: "v1",
            resource: "deployments",
            kind: "Deployment",
            name: object.name,
            namespace: object.namespace,
            operation: .update,
            username: "ada",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: try JSONDocument(parsing: stored.serialized).root
        )
        return DeploymentGate(controllerUsername: "loop").verdict(on: request, in: view, now: clock.now())
    }
}
