import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// A target that is made while its Canary is there: by `replace --force`, or again after its removal during a run.
@Suite(.timeLimit(.minutes(1))) struct DeploymentCreationTests {
    private let gate = DeploymentGate(controllerUsername: controller)

    private func verdict(_ object: JSONValue, canary: JSONValue = canary(), by user: String = "ada") throws -> Verdict {
        gate.verdict(on: try request(.create, from: nil, to: object, by: user), in: view(canary), now: now)
    }

    @Test(arguments: ["Initialized", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Succeeded", "Failed"])
    func closesTheGateOfANewTargetIn(phase: String) throws {
        let verdict = try verdict(deployment(podinfo311, replicas: 2), canary: canary(phase: phase))
        let whole = stamp(podinfo311, change: "created: podinfod: stefanprodan/podinfo:3.1.1", at: now.rfc3339)
        #expect(
            verdict
                == Verdict(
                    patch: JSONPatch([
                        .add(JSONPointer(["metadata", "annotations"]), whole), .add(pausedPointer, true),
                    ])
                )
        )
    }

    @Test func closesItForThePromotedTemplateToo() throws {
        let result = try verdict(deployment(podinfo310)).patch.applied(to: deployment(podinfo310))
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result[path: "spec", "paused"] == true)
    }

    @Test func takesNoStampThatIsBroughtAlong() throws {
        let sent = deployment(podinfo311, paused: false, annotations: stamp(podinfo311, gate: "open"))
        let result = try verdict(sent).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result.annotation("canarygate.dev/requested-at") == now.rfc3339)
        #expect(result[path: "spec", "paused"] == true)
    }

    @Test func leavesItsOwnOutputAsItIs() throws {
        let sent = deployment(podinfo311, replicas: 2)
        let stamped = try verdict(sent).patch.applied(to: sent)
        let again = try request(.create, from: nil, to: stamped)
        #expect(gate.verdict(on: again, in: view(canary()), now: now + .seconds(2)) == .allowed)
    }

    @Test func leavesANewDeploymentToItsTeam() throws {
        let sent = deployment(podinfo311, replicas: 2)
        #expect(try verdict(sent, by: controller) == .allowed)
        #expect(try verdict(sent, canary: canary(phase: "")) == .allowed)
        #expect(try verdict(sent, canary: canary(phase: "Initializing")) == .allowed)
        let nameless = try request(.create, from: nil, to: ["metadata": ["generateName": "podinfo-"], "spec": [:]])
        #expect(gate.verdict(on: nameless, in: view(canary()), now: now) == .allowed)
    }

    @Test func saysThatNobodyOpensTheGateOfASuspendedCanary() throws {
        var suspended = canary(phase: "Progressing")
        suspended[path: "spec", "suspend"] = true
        let warning =
            "the new revision waits: canary podinfo is suspended; set its spec.suspend to false to let it in"
        #expect(try verdict(deployment(podinfo311), canary: suspended).warnings == [warning])
        let update = try request(from: deployment(podinfo310), to: deployment(podinfo311))
        let verdict = gate.verdict(on: update, in: view(suspended), now: now)
        #expect(verdict.warnings == [warning])
        #expect(try verdict.patch.applied(to: deployment(podinfo311)).annotation("canarygate.dev/gate") == "closed")
    }
}
