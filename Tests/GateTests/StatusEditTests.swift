import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// Edits of a Canary's status by hand: a short way to live traffic.
@Suite(.timeLimit(.minutes(1))) struct StatusEditTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func verdict(
        from stored: JSONValue,
        to sent: JSONValue,
        by user: String = "ada",
        subresource: String? = "status"
    ) throws -> Verdict {
        let call = try request(.update, .canaries, subresource: subresource, from: stored, to: sent, by: user)
        return guardian.verdict(on: call, in: view(stored), now: now)
    }

    @Test(arguments: ["", "Progressing"]) func refusesToForgeAPhase(phase: String) throws {
        let verdict = try verdict(from: canary(phase: phase), to: canary(phase: "Promoting"))
        #expect(
            verdict
                == Verdict(
                    forbidden: """
                        the status of canary/podinfo is the loop's memory of what is proven and how much traffic it has; \
                        instead run: kubectl -n test patch canary/podinfo --type=merge -p \
                        '{"spec":{"skipAnalysis":true}}' (promotes at once) or kubectl -n test rollout undo \
                        deployment/podinfo (goes back; while it is paused, apply the promoted manifest); or, to do it by hand all the same: kubectl -n test annotate \
                        canary/podinfo canarygate.dev/break-glass='<reason>'
                        """
                )
        )
    }

    @Test func refusesToForgeThePromotedRevision() throws {
        #expect(try !verdict(from: canary(), to: canary(promoted: podinfo311)).isAllowed)
    }

    @Test func letsTheLoopAndTheClusterWriteIt() throws {
        #expect(try verdict(from: canary(), to: canary(phase: "Failed"), by: controller) == .allowed)
        let collector = "system:serviceaccount:kube-system:generic-garbage-collector"
        #expect(try verdict(from: canary(), to: canary(phase: "Failed"), by: collector) == .allowed)
    }

    @Test func letsWhatLeavesTheStatus() throws {
        var touched = canary()
        touched[path: "metadata", "labels", "team"] = "web"
        #expect(try verdict(from: canary(), to: touched) == .allowed)
        // The API server drops a status that comes with the object itself.
        #expect(try verdict(from: canary(), to: canary(phase: "Promoting"), subresource: nil) == .allowed)
    }

    @Test func letsItThroughABrokenGlass() throws {
        var broken = canary()
        broken[path: "metadata", "annotations", "canarygate.dev/break-glass"] = "restore from backup"
        var sent = canary(phase: "Failed")
        sent["metadata"] = broken["metadata"]
        let expected = GateTests.broken("the status of canary/podinfo", "restore from backup", "canaries")
        #expect(try verdict(from: broken, to: sent) == expected)
        // Brought along with the change it is not stored, and says nothing.
        #expect(try !verdict(from: canary(), to: sent).isAllowed)
    }
}
