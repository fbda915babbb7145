import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// Who may break the glass, and how long.
@Suite(.timeLimit(.minutes(1))) struct BreakGlassTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func primary(_ template: JSONValue, glass: [String: String] = [:]) -> JSONValue {
        var primary = deployment(template)
        primary[path: "metadata", "name"] = "podinfo-primary"
        primary[path: "metadata", "ownerReferences"] = [
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                "controller": true,
            ]
        ]
        for (name, value) in glass {
            primary[path: "metadata", "annotations", "canarygate.dev/\(name)"] = .string(value)
        }
        return primary
    }

    private func verdict(
        _ glass: [String: String],
        by user: String = "ada",
        in view: ClusterView = view(canary()),
        at time: Timestamp = now
    ) throws -> Verdict {
        let call = try request(from: primary(podinfo310), to: primary(podinfo311, glass: glass), by: user)
        return guardian.verdict(on: call, in: view, now: time)
    }

    @Test func wantsPermission() throws {
        let glass = ["break-glass": "incident 7"]
        let eve = AccessQuestion(username: "eve", groups: [], namespace: "test")
        let first = try verdict(glass, by: "eve")
        #expect(
            first.forbidden == """
                deployment/podinfo-primary: whether eve may break the glass is being looked up, try again in a moment
                """
        )
        #expect(first.lookup == eve)
        var view = view(canary())
        view.record(eve, isAllowed: false, at: now)
        #expect(
            try verdict(glass, by: "eve", in: view).forbidden == """
                deployment/podinfo-primary: eve may not break the glass in namespace test, which takes the verb use on \
                breakglass.canarygate.dev (ClusterRole canarygate-break-glass)
                """
        )
        view.record(eve, isAllowed: true, at: now)
        #expect(try verdict(glass, by: "eve", in: view).isAllowed)
        let late = try verdict(glass, by: "eve", in: view, at: now + AccessTable.lifetime + .seconds(1))
        #expect(late.forbidden?.contains("is being looked up") == true)
    }

    @Test func asksOfNobodyWhoBreaksNone() throws {
        let verdict = try verdict([:], by: "eve")
        #expect(verdict.forbidden?.contains("its pods change only by promotion") == true)
        #expect(verdict.lookup == nil)
    }

    @Test func ends() throws {
        let end = now + .seconds(60)
        let glass = ["break-glass": "incident 7", "break-glass-until": end.rfc3339]
        #expect(try verdict(glass).isAllowed)
        let over = try verdict(glass, at: end)
        #expect(over.forbidden?.hasSuffix("; its break-glass ended at \(end.rfc3339)") == true)
        #expect(over.brokenGlass == nil)
    }

    @Test func wantsATimeForItsEnd() throws {
        let glass = ["break-glass": "incident 7", "break-glass-until": "tomorrow"]
        let complaint =
            "canarygate.dev/break-glass-until: \"tomorrow\" is no time, expected RFC 3339 like 2026-11-25T05:00:00Z"
        #expect(try verdict(glass).forbidden == complaint)
        // One that was written before us stops nothing else, and opens nothing.
        let stored = primary(podinfo310, glass: glass)
        var touched = stored
        touched[path: "metadata", "labels", "team"] = "web"
        #expect(guardian.verdict(on: try request(from: stored, to: touched), in: view(canary()), now: now) == .allowed)
        let removal = guardian.verdict(on: try request(.delete, from: stored, to: nil), in: view(canary()), now: now)
        #expect(removal.forbidden == "deployment/podinfo-primary: \(complaint)")
    }

    @Test func setsNoReplicasForWhoMayNot() throws {
        let gate = DeploymentGate(controllerUsername: controller)
        let glass: JSONValue = ["canarygate.dev/break-glass": "incident 7"]
        let stored = deployment(podinfo310, annotations: glass)
        let sent = deployment(podinfo310, replicas: 3, annotations: glass)
        let verdict = gate.verdict(on: try request(from: stored, to: sent, by: "eve"), in: view(canary()), now: now)
        #expect(verdict.patch.operations == [.replace(replicasPointer, 0)])
        #expect(verdict.warnings.first?.hasPrefix("spec.replicas stays 0: deployment/podinfo: whether eve may") == true)
        #expect(verdict.lookup?.username == "eve")
        let call = try request(subresource: "scale", from: scale("podinfo", 0), to: scale("podinfo", 3), by: "eve")
        let scaled = gate.verdict(on: call, in: view(canary(), deployments: [stored]), now: now)
        #expect(!scaled.isAllowed)
    }
}
