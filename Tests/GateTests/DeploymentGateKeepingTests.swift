import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct DeploymentGateKeepingTests {
    private let gate = DeploymentGate(controllerUsername: controller)
    private let closed = deployment(podinfo311, paused: true, annotations: stamp(podinfo311))

    private func verdict(from stored: JSONValue, to sent: JSONValue, canary: JSONValue = canary()) throws -> Verdict {
        gate.verdict(on: try request(from: stored, to: sent), in: view(canary), now: now)
    }

    @Test func putsBackWhatAReplaceTookAway() throws {
        let verdict = try verdict(from: closed, to: deployment(podinfo311))
        #expect(
            verdict
                == Verdict(
                    patch: JSONPatch([
                        .add(JSONPointer(["metadata", "annotations"]), stamp(podinfo311)), .add(pausedPointer, true),
                    ]),
                    warnings: [
                        "the gate's canarygate.dev annotations stay as they were: canary podinfo writes them",
                        "spec.paused stays true: canary podinfo opens the gate of revision "
                            + RevisionDigest.of(template: podinfo311),
                    ]
                )
        )
    }

    @Test func putsBackAnEditedGate() throws {
        let sent = deployment(podinfo311, paused: true, annotations: stamp(podinfo311, gate: "open"))
        let verdict = try verdict(from: closed, to: sent)
        #expect(
            verdict
                == Verdict(
                    patch: JSONPatch([.replace(annotation("gate"), "closed")]),
                    warnings: ["the gate's canarygate.dev annotations stay as they were: canary podinfo writes them"]
                )
        )
    }

    @Test func takesAwayAStampThatSomeoneElseWrote() throws {
        let sent = deployment(podinfo311, annotations: ["canarygate.dev/gate": "open", "team": "web"])
        let verdict = try verdict(from: deployment(podinfo311, annotations: ["team": "web"]), to: sent)
        #expect(verdict.patch.operations == [.remove(annotation("gate"))])
        #expect(verdict.warnings.count == 1)
    }

    @Test func keepsTheDeploymentPausedBehindAClosedGate() throws {
        let sent = deployment(podinfo311, paused: false, annotations: stamp(podinfo311))
        let verdict = try verdict(from: closed, to: sent)
        #expect(verdict.patch.operations == [.replace(pausedPointer, true)])
        #expect(
            verdict.warnings == [
                "spec.paused stays true: canary podinfo opens the gate of revision "
                    + RevisionDigest.of(template: podinfo311)
            ]
        )
    }

    @Test func letsTheTeamPauseBehindAnOpenGate() throws {
        let open = stamp(podinfo311, gate: "open")
        let verdict = try verdict(
            from: deployment(podinfo311, annotations: open),
            to: deployment(podinfo311, paused: true, annotations: open)
        )
        #expect(verdict == .allowed)
    }

    @Test(
        arguments: [
            (true, "spec.replicas stays 0: canary podinfo scales this target; change hpa/podinfo instead"),
            (
                false,
                "spec.replicas stays 0: canary podinfo scales this target; scale deployment/podinfo-primary instead"
            ),
        ]
    )
    func keepsTheStoredReplicas(autoscaler: Bool, warning: String) throws {
        let verdict = try verdict(
            from: deployment(podinfo310),
            to: deployment(podinfo310, replicas: 2),
            canary: canary(autoscaler: autoscaler)
        )
        #expect(verdict == Verdict(patch: JSONPatch([.replace(replicasPointer, 0)]), warnings: [warning]))
    }

    @Test func keepsWarningsWithinTheirLimit() throws {
        var long = canary()
        long[path: "metadata", "name"] = .string(String(repeating: "n", count: 200))
        let verdict = try verdict(from: deployment(podinfo310), to: deployment(podinfo310, replicas: 2), canary: long)
        #expect(verdict.warnings.map(\.count) == [119])
    }

    private static let byHand =
        "; or, to do it by hand all the same: kubectl -n test annotate deployment/podinfo "
        + "canarygate.dev/break-glass='<reason>'"

    @Test(
        arguments: [
            (
                true,
                "canary podinfo scales deployment podinfo, live traffic is on podinfo-primary: change hpa/podinfo "
                    + "instead, for example with: kubectl -n test edit hpa/podinfo" + Self.byHand
            ),
            (
                false,
                "canary podinfo scales deployment podinfo, live traffic is on podinfo-primary: scale that instead "
                    + "with: kubectl -n test scale deployment/podinfo-primary --replicas=3" + Self.byHand
            ),
        ]
    )
    func refusesToScaleTheTarget(autoscaler: Bool, refusal: String) throws {
        let call = try request(subresource: "scale", from: scale("podinfo", 0), to: scale("podinfo", 3))
        let verdict = gate.verdict(on: call, in: view(canary(autoscaler: autoscaler)), now: now)
        #expect(verdict == Verdict(forbidden: refusal))
    }

    @Test(arguments: [
        controller, "system:serviceaccount:kube-system:horizontal-pod-autoscaler", ControlPlane.kedaByDefault,
    ])
    func letsScale(user: String) throws {
        let call = try request(subresource: "scale", from: scale("podinfo", 2), to: scale("podinfo", 3), by: user)
        #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }

    @Test func letsReplicasBeSetThroughABrokenGlassButNoTemplate() throws {
        let glass: JSONValue = ["canarygate.dev/break-glass": "before the canary goes"]
        let expected = broken("deployment/podinfo", "before the canary goes")
        let stored = deployment(podinfo310, annotations: glass)
        let call = try request(subresource: "scale", from: scale("podinfo", 0), to: scale("podinfo", 3))
        let view = view(canary(), deployments: [stored])
        #expect(gate.verdict(on: call, in: view, now: now) == expected)
        let scaled = try verdict(from: stored, to: deployment(podinfo310, replicas: 3, annotations: glass))
        #expect(scaled == expected)
        let sent = deployment(podinfo311, replicas: 3, annotations: glass)
        let result = try verdict(from: stored, to: sent).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result[path: "spec", "paused"] == true)
    }

    @Test func letsAScaleThatChangesNothing() throws {
        let call = try request(subresource: "scale", from: scale("podinfo", 2), to: scale("podinfo", 2))
        #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }
}
