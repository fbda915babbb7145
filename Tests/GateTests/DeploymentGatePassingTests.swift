import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct DeploymentGatePassingTests {
    private let gate = DeploymentGate(controllerUsername: controller)
    private let stored = deployment(podinfo310, replicas: 2)
    private let sent = deployment(podinfo311, replicas: 3)

    @Test(arguments: ["", "Initializing", "Terminating", "Terminated"])
    func leavesTheTargetToItsTeamIn(phase: String) throws {
        let call = try request(from: stored, to: sent)
        #expect(gate.verdict(on: call, in: view(canary(phase: phase)), now: now) == .allowed)
    }

    @Test(arguments: [
        "Initialized", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Finalising", "Succeeded", "Failed",
    ])
    func gatesTheTargetIn(phase: String) throws {
        let call = try request(from: stored, to: sent)
        let verdict = gate.verdict(on: call, in: view(canary(phase: phase)), now: now)
        let result = try verdict.patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result[path: "spec", "paused"] == true)
        #expect(result[path: "spec", "replicas"] == 2)
    }

    @Test func leavesADeploymentThatNoCanaryTargets() throws {
        var other = canary()
        other[path: "spec", "targetRef", "name"] = "other"
        var elsewhere = canary()
        elsewhere[path: "metadata", "namespace"] = "prod"
        let call = try request(from: stored, to: sent)
        for canary in [other, elsewhere, canary(kind: "DaemonSet")] {
            #expect(gate.verdict(on: call, in: view(canary), now: now) == .allowed)
        }
        #expect(gate.verdict(on: call, in: ClusterView(), now: now) == .allowed)
    }

    @Test func leavesWhatGoes() throws {
        var going = stored
        going[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        var leaving = canary()
        leaving[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        #expect(gate.verdict(on: try request(from: going, to: sent), in: view(canary()), now: now) == .allowed)
        #expect(gate.verdict(on: try request(from: stored, to: sent), in: view(leaving), now: now) == .allowed)
    }

    @Test func leavesTheLoopsOwnChanges() throws {
        let call = try request(from: stored, to: sent, by: controller)
        #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }

    @Test func leavesOtherOperationsAndSubresources() throws {
        let calls = [
            try request(.delete, from: stored, to: nil),
            try request(subresource: "status", from: stored, to: sent),
        ]
        for call in calls { #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed) }
    }
}
