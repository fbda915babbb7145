import Controller
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// Canaries that are deleted and that the loop would not come to.
@Suite(.timeLimit(.minutes(1))) struct LettingGoTests {
    private static let rival = ObjectKey(namespace: "test", name: "a-rival")

    /// A stage whose Canary is initialised, a younger Canary of the same target that is being deleted, and a loop that
    /// knows of both.
    private static func stage() async throws -> (stage: Stage, life: Stage.Life) {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.clock.advance(by: .seconds(60))
        var canary = try Examples.shortCanary()
        canary[path: "metadata", "name"] = "a-rival"
        canary[path: "metadata", "uid"] = "rival-uid"
        canary[path: "metadata", "creationTimestamp"] = .string(stage.clock.now().rfc3339)
        canary[path: "metadata", "finalizers"] = [.string(Handover.finalizer)]
        stage.cluster.put(.canaries, canary)
        try await stage.cluster.delete(.canaries, rival)
        let life = stage.life()
        for canary in stage.cluster.objects(.canaries) { life.controller.take(.canaries, .added(canary)) }
        return (stage, life)
    }

    private static func breakGlass(_ stage: Stage, _ key: ObjectKey) {
        stage.cluster.modify(.canaries, key) { canary in
            canary[path: "metadata", "annotations", GateAnnotations.breakGlass] = "I know"
        }
    }

    private static func writes(_ life: Stage.Life) -> [String] { life.link.calls.filter(\.isWrite) }

    @Test func letTheYoungerOfTwoGoAndLeaveTheTargetToTheOlder() async throws {
        let (stage, life) = try await Self.stage()
        let (target, primary, proxy) = (stage.target, stage.primary, stage.proxy)
        #expect(await life.controller.reconcile(Self.rival) == .again)
        #expect(stage.cluster.object(.canaries, Self.rival) == nil)
        #expect(await life.controller.reconcile(Self.rival) == .gone)
        #expect(Self.writes(life) == ["patch canaries.flagger.app test/a-rival"])
        #expect(stage.target == target && stage.primary == primary && stage.proxy == proxy)
        #expect(stage.outside.messages.last?.hasPrefix("Letting go of a-rival.test, which has nothing: target") == true)
        #expect(stage.canary[path: "metadata", "deletionTimestamp"] == nil && stage.faults.isEmpty)
    }

    /// Kubernetes would take away what it owns, and that may be what serves.
    @Test func keepOneThatHasMadeSomethingUntilTheGlassIsBroken() async throws {
        let (stage, life) = try await Self.stage()
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            primary[path: "metadata", "ownerReferences"] = [["kind": "Canary", "name": "a-rival", "uid": "rival-uid"]]
        }
        for _ in 0..<3 { _ = await life.controller.reconcile(Self.rival) }
        #expect(stage.cluster.object(.canaries, Self.rival) != nil)
        #expect(Self.writes(life).isEmpty)
        #expect(stage.outside.messages.count { $0.contains("canarygate.dev/break-glass='<reason>'") } == 1)
        Self.breakGlass(stage, Self.rival)
        _ = await life.controller.reconcile(Self.rival)
        #expect(stage.cluster.object(.canaries, Self.rival) == nil)
    }

    @Test func leaveOneAloneThatSomebodyElseHolds() async throws {
        let (stage, life) = try await Self.stage()
        stage.cluster.modify(.canaries, Self.rival) { $0[path: "metadata", "finalizers"] = ["example.com/audit"] }
        for _ in 0..<3 { _ = await life.controller.reconcile(Self.rival) }
        #expect(Self.writes(life).isEmpty && stage.outside.messages.isEmpty)
    }

    /// What it has made cannot be known, so that somebody has to say that it may go.
    @Test func letOneGoThatCannotBeReadWhereTheGlassIsBroken() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "metadata", "finalizers"] = [.string(Handover.finalizer), "example.com/audit"]
        let stage = try await Stage.initialised(canary: canary)
        stage.cluster.modify(.canaries, Stage.key) { $0[path: "spec", "analysis", "stepWeight"] = "five" }
        try await stage.cluster.delete(.canaries, Stage.key)
        let life = stage.life()
        for _ in 0..<2 { await stage.round(life) }
        #expect(Self.writes(life).isEmpty)
        Self.breakGlass(stage, Stage.key)
        await stage.round(life)
        #expect(stage.canary[path: "metadata", "finalizers"] == ["example.com/audit"])
        #expect(
            stage.outside.messages.last == "Letting go of podinfo.test without a hand-over, break-glass: I know"
        )
    }
}
