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

/// The ledger of revisions.
@Suite(.timeLimit(.minutes(1))) struct LedgerTests {
    private static func entries(_ stage: Stage) -> [JSONValue] {
        stage.cluster.objects(.controllerRevisions).sorted { $0["revision"]?.int ?? 0 < $1["revision"]?.int ?? 0 }
    }

    private static func verdicts(_ stage: Stage) -> [String] {
        entries(stage).map { $0.annotation("canarygate.dev/verdict") ?? "" }
    }

    @Test func holdsWhatServedAtTheInitialisation() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let entry = try #require(Self.entries(stage).first)
        #expect(Self.verdicts(stage) == ["Promoted"])
        #expect(entry[path: "data", "template"] == stage.target.template)
        #expect(entry[path: "data", "revision"]?.string == stage.revision(of: stage.target))
        #expect(entry.label("canarygate.dev/canary") == "podinfo")
        #expect(entry[path: "metadata", "ownerReferences"]?[0]?["uid"] == "canary-uid")
    }

    @Test func saysWhatBecameOfEachRevision() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = stage.life()
        try stage.setImage("3.1.1")
        try await stage.run(life, until: .succeeded)
        stage.outside.answers["request-success-rate"] = .value(95)
        try stage.setImage("3.1.2")
        try await stage.run(life, until: .failed)
        stage.outside.answers = [:]
        try stage.setImage("3.1.3")
        try await stage.run(life) { $0.canary[path: "status", "canaryWeight"]?.int == 25 }
        try stage.setImage("3.1.1")
        try await stage.run(life, until: .initialized)
        #expect(Self.verdicts(stage) == ["Promoted", "Promoted", "RolledBack", "Withdrawn"])
        let entries = Self.entries(stage)
        #expect(
            entries.map { $0.annotation("canarygate.dev/reason") } == [
                "it served when the Canary was initialised", "all checks passed",
                "request-success-rate: 95.00%, expected >= 99%", "the promoted revision was set again",
            ]
        )
        #expect(entries[1][path: "data", "change"] == "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1")
        #expect(entries[1][path: "data", "requestedBy"] == "ada")
        #expect(entries.allSatisfy { $0.annotation("canarygate.dev/ended-at") != nil })
    }

    @Test func keepsTheLastTenAndWhatIsPromoted() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = stage.life()
        for number in 1...12 {
            try stage.setImage("3.2.\(number)")
            let revision = stage.revision(of: stage.target)
            try await stage.run(life) { stage in
                let status = stage.canary["status"]
                return status?["lastAppliedSpec"]?.string == revision && status?["canaryWeight"]?.int == 25
            }
        }
        let entries = Self.entries(stage)
        #expect(entries.count == 11)
        #expect(Self.verdicts(stage).first == "Promoted")
        #expect(Self.verdicts(stage).last == "Running")
        #expect(Self.verdicts(stage).dropFirst().dropLast().allSatisfy { $0 == "Withdrawn" })
    }

    @Test func delaysNothingWhereItMayNotBeWritten() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.cluster.onCall { (operation: String) async throws(KubernetesError) in
            guard operation.contains("controllerrevisions") else { return }
            throw KubernetesError(operation: operation, code: 403, reason: "Forbidden", message: "may not")
        }
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func isNotLookedAtByACanaryAtRest() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(!life.link.calls.contains { $0.contains("controllerrevisions") })
    }

    @Test func skipsTheStepsOfWhatWasPromotedAShortWhileAgo() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "spec", "analysis", "provenWithin"] = "24h"
        let stage = try await Stage.initialised(canary: canary)
        let life = stage.life()
        try stage.setImage("3.1.1")
        try await stage.run(life, until: .succeeded)
        let asked = stage.outside.asked.count
        stage.clock.advance(by: .seconds(3_600))
        try stage.setImage("3.1.0")
        try await stage.run(life) { $0.phase == "Progressing" }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.0")
        #expect(!stage.outside.asked.dropFirst(asked).contains { $0.hasPrefix("rollout") })
        #expect(stage.outside.messages.contains { $0.hasSuffix("within 24h0m0s: skipping the steps") })
        stage.clock.advance(by: .seconds(100_000))
        try stage.setImage("3.1.1")
        try await stage.run(life) { $0.canary[path: "status", "canaryWeight"]?.int == 25 }
        #expect(stage.faults.isEmpty)
    }
}
