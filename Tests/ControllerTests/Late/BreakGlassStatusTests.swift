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

/// Broken glasses in the status.
@Suite(.timeLimit(.minutes(1))) struct BreakGlassStatusTests {
    @Test func showsWhoBrokeWhichGlassUntilItIsWhole() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let time = stage.clock.now()
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            primary[path: "metadata", "annotations", GateAnnotations.breakGlass] = "the sale\nstarts"
            primary[path: "metadata", "managedFields"] = [
                [
                    "manager": "kubectl-annotate", "operation": "Update", "time": .string(time.rfc3339),
                    "fieldsV1": ["f:metadata": ["f:annotations": ["f:canarygate.dev/break-glass": [:]]]],
                ]
            ]
        }
        let life = stage.life()
        await stage.round(life)
        let use: JSONValue = [
            "object": "deployment/podinfo-primary", "reason": "the sale starts", "by": "kubectl-annotate",
            "at": .string(time.rfc3339),
        ]
        #expect(stage.canary[path: "status", "breakGlass"] == [use])
        #expect(
            stage.outside.messages == ["break-glass on deployment/podinfo-primary by kubectl-annotate: the sale starts"]
        )
        await stage.round(life)
        #expect(stage.outside.messages.count == 1)
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            primary[path: "metadata", "annotations", GateAnnotations.breakGlass] = nil
        }
        await stage.round(life)
        #expect(stage.canary[path: "status", "breakGlass"] == nil)
        #expect(stage.outside.messages.count == 1)
    }

    private static func breakGlass(_ stage: Stage, by manager: String, until end: Timestamp? = nil) {
        let time = stage.clock.now().rfc3339
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            primary[path: "metadata", "annotations", GateAnnotations.breakGlass] = "a test"
            primary[path: "metadata", "annotations", GateAnnotations.breakGlassUntil] = end.map { .string($0.rfc3339) }
            primary[path: "metadata", "managedFields"] = [
                [
                    "manager": .string(manager), "operation": "Update", "time": .string(time),
                    "fieldsV1": ["f:metadata": ["f:annotations": ["f:canarygate.dev/break-glass": [:]]]],
                ]
            ]
        }
    }

    @Test func asksOnceWhoBrokeAGlassAsCachesDoNotKeepThat() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            Self.breakGlass(stage, by: "kubectl-annotate")
            await life.settle()
            #expect(stage.canary[path: "status", "breakGlass"]?[0]?["by"] == "kubectl-annotate")
            #expect(
                stage.outside.messages == ["break-glass on deployment/podinfo-primary by kubectl-annotate: a test"]
            )
            #expect(life.calls.filter(\.isRead) == ["get deployments.apps test/podinfo-primary"])
            for _ in 0..<3 {
                stage.clock.advance(by: .seconds(600))
                await life.quiet()
            }
            #expect(life.calls.filter(\.isRead).count == 1)
        }
    }

    @Test func asksForNobodyWhoseGlassHasExpired() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        Self.breakGlass(stage, by: "kubectl-annotate", until: stage.clock.now())
        let life = InformedLife(stage)
        try await life.running { await life.settle() }
        #expect(life.calls.filter(\.isRead) == [])
        #expect(stage.canary[path: "status", "breakGlass"] == nil)
    }

    @Test func countsNoLongerThanItSays() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.cluster.modify(.deployments, Stage.key) { [clock = stage.clock] target in
            target[path: "metadata", "annotations", GateAnnotations.breakGlass] = "a test"
            let end = clock.now() + .seconds(60)
            target[path: "metadata", "annotations", GateAnnotations.breakGlassUntil] = .string(end.rfc3339)
        }
        let life = stage.life()
        await stage.round(life)
        #expect(stage.canary[path: "status", "breakGlass"]?[0]?["object"] == "deployment/podinfo")
        stage.clock.advance(by: .seconds(60))
        await stage.round(life)
        #expect(stage.canary[path: "status", "breakGlass"] == nil)
        #expect(
            stage.outside.messages.last
                == "break-glass on deployment/podinfo has expired and no longer counts; take the annotation away"
        )
        await stage.round(life)
        #expect(stage.outside.messages.count == 2)
    }
}
