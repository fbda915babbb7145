import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// The loop over all Canaries.
@Suite(.timeLimit(.minutes(1))) struct RunTests {
    /// Runs the loop while `body` moves the time, then cancels it and waits for its end.
    private static func running(_ stage: Stage, _ body: (Stage.Life) async throws -> Void) async throws {
        let life = stage.life()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await life.controller.run() }
            try await body(life)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Moves the time on, sleep by sleep, until `isDone`.
    private static func advance(_ stage: Stage, _ life: Stage.Life, until isDone: () -> Bool) async {
        await quiet(stage, life)
        while !isDone(), !Task.isCancelled {
            stage.settle()
            await stage.clock.advanceToNextSleeper()
            await quiet(stage, life)
        }
    }

    /// Suspends until the loop has nothing to do before the time moves: those that list and that wait for the next round
    /// sleep.
    private static func quiet(_ stage: Stage, _ life: Stage.Life) async {
        while !Task.isCancelled {
            let figures = life.controller.figures
            let sleepers = figures.waiting > 0 ? 2 : 1
            if figures.running == 0, figures.overdue == 0, stage.clock.sleeperCount == sleepers { return }
            await Task.yield()
        }
    }

    /// Another Canary with another target, or the same.
    private static func put(_ name: String, target: String, on stage: Stage) throws {
        var canary = try Examples.canary()
        canary[path: "metadata", "name"] = .string(name)
        canary[path: "metadata", "uid"] = .string("\(name)-uid")
        canary[path: "spec", "autoscalerRef"] = nil
        canary[path: "spec", "targetRef", "name"] = .string(target)
        canary[path: "metadata", "creationTimestamp"] = .string(stage.clock.now().rfc3339)
        stage.cluster.put(.canaries, canary)
    }

    private static func phase(_ name: String, _ stage: Stage) -> String? {
        stage.cluster.object(.canaries, "test", name)?[path: "status", "phase"]?.string
    }

    @Test func takesACanaryThroughARollout() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        try await Self.running(stage) { life in
            await Self.advance(stage, life) { stage.phase == "Succeeded" }
        }
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }

    @Test func followsCanariesThatComeLaterAndForgetsThoseThatGo() async throws {
        let stage = try await Stage.initialised()
        try await Self.running(stage) { life in
            await Self.quiet(stage, life)
            #expect(life.controller.figures.canaries == 1)
            var web = try Examples.object("deployment")
            web[path: "metadata", "name"] = "web"
            stage.cluster.put(.deployments, web)
            try Self.put("web", target: "web", on: stage)
            await Self.advance(stage, life) { Self.phase("web", stage) == "Initialized" }
            #expect(life.controller.figures.waiting == 2)
            stage.cluster.remove(.canaries, test)
            await Self.advance(stage, life) { life.controller.figures.canaries == 1 }
            #expect(life.controller.figures.waiting == 1)
        }
        #expect(stage.cluster.object(.services, "test", "web-canary") != nil)
    }

    @Test func beginsAnewAfterItsEnd() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = stage.life()
        for tag in ["3.1.1", "3.1.2"] {
            try stage.setImage(tag)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await life.controller.run() }
                await Self.advance(stage, life) {
                    stage.phase == "Succeeded" && stage.primary.template.image.hasSuffix(tag)
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(life.controller.figures.running == 0)
        }
        #expect(stage.faults.isEmpty)
    }

    @Test func givesATargetToTheOldestOfItsCanaries() async throws {
        let stage = try await Stage.initialised()
        stage.clock.advance(by: .seconds(60))
        try Self.put("a-rival", target: "podinfo", on: stage)
        try await Self.running(stage) { life in
            var rounds = 0
            await Self.advance(stage, life) {
                rounds += 1
                return rounds > 5
            }
            #expect(
                stage.outside.messages.filter { $0.contains("older") } == [
                    "target podinfo.test belongs to the older canary podinfo.test; this one is left alone"
                ]
            )
            let rival = stage.cluster.object(.canaries, "test", "a-rival")
            let stalled = rival?[path: "status", "conditions"]?.array?.last
            #expect(rival?[path: "status", "phase"] == "" && stalled?["status"] == "True")
            #expect(
                stalled?["message"]
                    == "target podinfo.test belongs to the older canary podinfo.test; this one is left alone"
            )
            stage.cluster.remove(.canaries, test)
            stage.cluster.modify(.deployments, test) { $0[path: "spec", "replicas"] = 2 }
            await Self.advance(stage, life) { Self.phase("a-rival", stage) == "Initialized" }
        }
    }

    @Test func slowsDownWhenSomebodyUndoesWhatItDoes() async throws {
        let stage = try await Stage.initialised()
        stage.cluster.onCall { [cluster = stage.cluster] call in
            guard call == "get services test/podinfo" else { return }
            cluster.modify(.services, test) { $0[path: "spec", "selector"] = ["app": "podinfo"] }
        }
        try await Self.running(stage) { life in
            await Self.quiet(stage, life)
            func updates() -> Int { life.link.calls.count { $0 == "update services test/podinfo" } }
            #expect(updates() == 20)
            #expect(stage.clock.timeToNextSleeper == .seconds(1))
            await stage.clock.advanceToNextSleeper()
            await Self.quiet(stage, life)
            #expect(updates() == 21)
        }
    }

    @Test func goesOnWithOthersWhileAHookTakesItsTime() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        var web = try Examples.object("deployment")
        web[path: "metadata", "name"] = "web"
        stage.cluster.put(.deployments, web)
        try stage.setImage("3.1.1")
        let link = stage.link()
        let (asked, ask) = AsyncStream<Void>.makeStream()
        let (answers, answer) = AsyncStream<Void>.makeStream()
        let slow = SlowHook(isSlow: "smoke", ask: ask, answers: answers)
        var settings = Stage.patient
        settings.workers = 1
        let controller = stage.controller(link, hooks: slow, settings: settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await controller.run() }
            group.addTask {
                // The cluster's own controllers, without which the hook's turn would not come.
                while !Task.isCancelled {
                    stage.settle()
                    if controller.figures.running == 0, controller.figures.overdue == 0, stage.clock.sleeperCount == 2 {
                        await stage.clock.advanceToNextSleeper()
                    }
                    await Task.yield()
                }
            }
            for await _ in asked { break }
            #expect(controller.figures.outside == 1)
            try Self.put("web", target: "web", on: stage)
            while Self.phase("web", stage) != "Initialized", !Task.isCancelled {
                stage.settle()
                stage.clock.advance(by: .seconds(5))
                await Task.yield()
            }
            #expect(controller.figures.outside == 1)
            answer.finish()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(stage.cluster.object(.deployments, "test", "web-primary") != nil)
    }

    @Test func looksAfterItsNamespaceAlone() async throws {
        let stage = try Stage()
        let life = stage.life(namespace: "other")
        let task = Task { await life.controller.run() }
        await stage.clock.waitForSleepers(count: 1)
        #expect(life.link.calls == ["list canaries.flagger.app in other"])
        task.cancel()
        await task.value
    }

    @Test func goesOnWhenTheListFails() async throws {
        let stage = try Stage()
        stage.cluster.onCall { (call: String) async throws(KubernetesError) in
            guard call.hasPrefix("list ") else { return }
            throw KubernetesError(operation: call, code: 503, reason: "ServiceUnavailable", message: "later")
        }
        try await Self.running(stage) { life in
            await stage.clock.waitForSleepers(count: 1)
            stage.cluster.onCall { _ in }
            await Self.advance(stage, life) { stage.phase == "Initialized" }
        }
        #expect(stage.faults.isEmpty)
    }

    @Test func endsOnCancellationAndTellsNothingOfIt() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        let hasBegun = AsyncStream<Void>.makeStream()
        stage.cluster.onCall { (call: String) async throws(KubernetesError) in
            guard call.hasPrefix("get services") else { return }
            hasBegun.continuation.yield()
            // A call that is under way ends with an error when its task is cancelled.
            do { try await stage.clock.sleep(for: .seconds(1_000_000)) } catch {
                throw KubernetesError(operation: call, code: 0, reason: "", message: "cancelled")
            }
        }
        let life = stage.life()
        let task = Task { await life.controller.run() }
        for await _ in hasBegun.stream { break }
        task.cancel()
        await task.value
        #expect(stage.outside.told.isEmpty)
        #expect(life.link.calls.allSatisfy { $0.hasPrefix("get ") || $0.hasPrefix("list ") })
    }
}
