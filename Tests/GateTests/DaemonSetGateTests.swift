import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// A target that can't be paused: a node selector keeps it from having pods.
@Suite(.timeLimit(.minutes(1))) struct DaemonSetGateTests {
    private let gate = DeploymentGate(controllerUsername: controller)

    private func verdict(
        _ operation: AdmissionRequest.Operation = .update,
        from stored: JSONValue?,
        to sent: JSONValue
    ) throws
        -> Verdict
    {
        let call = try request(operation, .daemonSets, from: stored, to: sent)
        return gate.verdict(on: call, in: view(canary(kind: "DaemonSet")), now: now)
    }

    @Test func stampsANewTemplateAndKeepsItFromHavingPods() throws {
        let sent = agent(podinfo311, isHeld: false)
        let verdict = try verdict(from: agent(podinfo310, isHeld: true), to: sent)
        let result = try verdict.patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result.annotation("canarygate.dev/revision") == RevisionDigest.of(template: podinfo311))
        #expect(result[path: "spec", "template", "spec", "nodeSelector"] == ["flagger.app/scale-to-zero": "true"])
        #expect(result[path: "spec", "paused"] == nil)
        #expect(verdict.warnings.isEmpty)
        #expect(try self.verdict(from: agent(podinfo310, isHeld: true), to: result).patch.isEmpty)
    }

    @Test func putsTheSelectorBack() throws {
        let stored = agent(podinfo310, isHeld: true, annotations: stamp(podinfo310, gate: "open"))
        var sent = agent(podinfo310, isHeld: false, annotations: stamp(podinfo310, gate: "open"))
        sent[path: "spec", "template", "spec", "nodeSelector"] = ["disk": "ssd"]
        // Another selector of nodes is another template.
        #expect(
            try verdict(from: stored, to: sent).patch.applied(to: sent).annotation("canarygate.dev/gate") == "closed"
        )
        sent[path: "spec", "template", "spec", "nodeSelector"] = nil
        #expect(try verdict(from: stored, to: sent).patch.applied(to: sent) == stored)
    }

    @Test func holdsOneThatComesAgain() throws {
        let sent = agent(podinfo310, isHeld: false)
        let result = try verdict(.create, from: nil, to: sent).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result[path: "spec", "template", "spec", "nodeSelector"] == ["flagger.app/scale-to-zero": "true"])
    }

    @Test func leavesThoseOfOthers() throws {
        let call = try request(
            .update,
            .daemonSets,
            from: agent(podinfo310, isHeld: false),
            to: agent(podinfo311, isHeld: false)
        )
        #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }
}
