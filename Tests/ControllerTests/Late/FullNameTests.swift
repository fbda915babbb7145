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

/// Names of revisions that earlier builds wrote, and that say nothing of ConfigMaps and Secrets.
@Suite(.timeLimit(.minutes(1))) struct FullNameTests {
    /// Which earlier build.
    enum Build: CaseIterable {
        /// Its names are of the first version.
        case first
        /// Its names are of the present one, and it tracked nothing.
        case untracking
    }

    /// A stage at rest as `build` has left it, and the whole name of what is promoted.
    private static func stage(_ build: Build) async throws -> (stage: Stage, name: String) {
        let stage = try Stage(canary: Examples.shortCanary(), target: Stage.configuredDeployment())
        stage.setConfig("blue")
        stage.proveTarget()
        try await stage.run(stage.life(), until: .initialized)
        for _ in 0..<2 { await stage.round(stage.life()) }
        let name = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        #expect(RevisionDigest.hasConfigs(name))
        let template = stage.target.template
        let former = build == .first ? PodTemplateRevision.hash(of: template) : RevisionDigest.of(template: template)
        stage.world.withLock { _ = $0.proven.insert(former) }
        stage.cluster.modify(.canaries, Stage.key) { canary in
            canary[path: "status", "lastAppliedSpec"] = .string(former)
            canary[path: "status", "lastPromotedSpec"] = .string(former)
            canary[path: "status", "trackedConfigs"] = nil
        }
        for key in [Stage.key, Stage.primaryKey] {
            stage.cluster.modify(.deployments, key) { workload in
                workload[path: "metadata", "annotations", GateAnnotations.revision] = .string(former)
                workload[path: "metadata", "annotations", GateAnnotations.configs] = nil
                workload[path: "spec", "template", "metadata", "annotations", GateAnnotations.configs] = nil
            }
        }
        for entry in stage.cluster.objects(.controllerRevisions) {
            stage.cluster.remove(.controllerRevisions, entry.key)
        }
        stage.settle()
        stage.outside.forget()
        return (stage, name)
    }

    @Test(arguments: Build.allCases) func areMadeWholeWithoutARollout(_ build: Build) async throws {
        let (stage, name) = try await Self.stage(build)
        let pods = stage.world.withLock { $0.pods[Stage.primaryKey]?.template }
        let life = stage.life()
        for _ in 0..<6 { await stage.round(life) }
        #expect(stage.canary[path: "status", "lastPromotedSpec"] == .string(name))
        #expect(stage.canary[path: "status", "trackedConfigs"]?["configmap/podinfo-config"] != nil)
        #expect(stage.primary.annotation(GateAnnotations.revision) == name)
        #expect(stage.phase == "Initialized" && stage.primary.template == pods)
        #expect(stage.target.replicas == 0 && stage.world.withLock { $0.pods[Stage.primaryKey]?.template } == pods)
        #expect(stage.outside.messages.count { $0.contains("is called \(name) from now on") } == 1)
        // Then nothing is written any more.
        let calls = life.link.calls.count
        for _ in 0..<3 { await stage.round(life) }
        #expect(life.link.calls.dropFirst(calls).allSatisfy { $0.isRead })
        #expect(stage.faults.isEmpty)
    }

    @Test(arguments: Build.allCases) func haveAChangeOfAConfigMapAloneSeenAfterwards(_ build: Build) async throws {
        let (stage, _) = try await Self.stage(build)
        for _ in 0..<6 { await stage.round(stage.life()) }
        stage.setConfig("green")
        let life = stage.life()
        try await stage.run(life) { $0.phase == "Progressing" }
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    /// What the primary would be put back to by its name is in the ledger under the new name.
    @Test func areInTheLedger() async throws {
        let (stage, name) = try await Self.stage(.untracking)
        for _ in 0..<6 { await stage.round(stage.life()) }
        let entries = stage.cluster.objects(.controllerRevisions).filter {
            $0[path: "data", "revision"] == .string(name)
        }
        #expect(!entries.isEmpty)
    }

    @Test func stayWhereItIsNotSureWhatIsPromoted() async throws {
        let (stage, _) = try await Self.stage(.untracking)
        let former = stage.canary[path: "status", "lastPromotedSpec"]
        let copy = ObjectKey(namespace: "test", name: "podinfo-config-primary")
        stage.cluster.modify(.configMaps, copy) { $0[path: "data", "color"] = "red" }
        let life = stage.life()
        for _ in 0..<4 { await stage.round(life) }
        #expect(stage.canary[path: "status", "lastPromotedSpec"] == former)
        #expect(life.link.calls.allSatisfy { $0.isRead })
        #expect(stage.phase == "Initialized")
    }

    /// The primary of a build from before there were copies reads the target's own ConfigMap.
    @Test func stayWhereThePrimaryHasNoCopyOfItsOwn() async throws {
        let (stage, _) = try await Self.stage(.untracking)
        let former = stage.canary[path: "status", "lastPromotedSpec"]
        let read = stage.target.template
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            var template = read
            template[path: "metadata", "labels"] = primary[path: "spec", "template", "metadata", "labels"]
            primary[path: "spec", "template"] = template
        }
        for _ in 0..<4 { await stage.round(stage.life()) }
        #expect(stage.canary[path: "status", "lastPromotedSpec"] == former)
        #expect(stage.phase == "Initialized")
    }

    /// A process may end after any of the calls by which the name changes.
    @Test(arguments: [true, false]) func areMadeWholeWhoeverDiesMeanwhile(takesEffect: Bool) async throws {
        let (whole, _) = try await Self.stage(.first)
        let undisturbed = whole.life()
        for _ in 0..<6 { await whole.round(undisturbed) }
        let writes = undisturbed.link.calls.enumerated().filter { !$0.element.isRead }.map { $0.offset + 1 }
        // The status, the ledger, the Event, the primary, the target and its Event.
        #expect(writes.count == 6)
        for call in writes {
            let (stage, name) = try await Self.stage(.first)
            let broken = stage.life(breaking: Link.Break(call: call, takesEffect ? .deathAfter : .deathBefore))
            for _ in 0..<6 { await stage.round(broken) }
            let life = stage.life()
            for _ in 0..<6 { await stage.round(life) }
            #expect(stage.canary[path: "status", "lastPromotedSpec"] == .string(name), "\(call)")
            #expect(stage.primary.annotation(GateAnnotations.revision) == name, "\(call)")
            #expect(stage.target.annotation(GateAnnotations.gate) == "open", "\(call)")
            #expect(stage.phase == "Initialized" && stage.faults.isEmpty, "\(call)")
        }
    }
}
