import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite(.timeLimit(.minutes(1))) struct JournalTests {
    private static func entry(of scene: Scene, at time: Timestamp = Scene.now) throws -> (JournalEntry, Observation) {
        var observation = try scene.observation(at: time)
        var asked: [String] = []
        let step = try scene.step(&observation, asked: &asked)
        return (JournalEntry(step, observation), observation)
    }

    /// Every scene of the table, in every strategy: the line alone leads to the same decision, and the tick with its Canary.
    @Test(arguments: 0..<World.strategies.count) func replaysEachDecision(strategy: Int) throws {
        let others: [CanaryPhase] = [.initializing, .initialized, .waiting, .finalising, .failed]
        for phase in [.progressing, .promoting] + (strategy == 0 ? others : []) {
            for change in EverythingTests.changes {
                var world = World(Scene.run(weight: strategy < 2 ? 30 : 0, phase: phase), strategy: strategy)
                if phase == .failed || phase == .finalising { world.scene.status.canaryWeight = 0 }
                change.change(&world)
                let time = Scene.now + .nanoseconds(123_456_789)
                let (entry, observation) = try Self.entry(of: world.scene, at: time)
                let line = try JSONValue(parsing: entry.line.serialized)
                let replay = try Replay(line)
                #expect(
                    replay.agrees,
                    "\(phase.rawValue), \(change.name): \(replay.recorded.text) \(replay.decided.text)"
                )
                let again = try Replay(entry.tick, of: observation.canary.object)
                #expect(
                    again.agrees,
                    "the tick, \(phase.rawValue), \(change.name): \(again.recorded.text) \(again.decided.text)"
                )
            }
        }
    }

    @Test func tellsWhatWasAskedAndAnsweredAndDone() throws {
        var scene = Scene.run(weight: 20)
        scene.answers["request-success-rate"] = .value(95.5)
        let (entry, observation) = try Self.entry(of: scene)
        let tick = entry.tick
        #expect(tick["spec"] == nil)
        #expect(tick["time"] == .string(observation.now.rfc3339Micro))
        #expect(tick["asked"]?[1]?[path: "answer", "value"]?.double == 95.5)
        #expect(tick[path: "did", "recorded", "failedChecks"] == 1)
        let check = tick[path: "did", "recorded", "checks"]?[1]
        #expect(check?["answered"] == "95.50%")
        #expect(check?["bound"] == ">= 99%")
        #expect(check?["follows"] == "FailedCheck")
        #expect(tick[path: "did", "next"] == "30s")
        let replay = try Replay(tick, of: observation.canary.object)
        #expect(replay.agrees)
    }

    @Test func noticesAnotherDecision() throws {
        let (entry, _) = try Self.entry(of: Scene.run(weight: 20))
        var line = entry.line
        line[path: "saw", "target", "available"] = nil
        let replay = try Replay(line)
        #expect(!replay.agrees)
        #expect(replay.decided[path: "actions"]?[0] == "set the traffic: canary 0")
    }

    @Test func refusesATickOfAnotherSpec() throws {
        let (entry, observation) = try Self.entry(of: Scene.run(weight: 20))
        var canary = observation.canary.object
        canary[path: "metadata", "generation"] = 4
        #expect(throws: ReplayError.self) { try Replay(entry.tick, of: canary) }
    }

    /// Earlier builds kept them as trees, which an upgrade must not lose.
    @Test func readsTicksThatAreTrees() throws {
        var scene = Scene.run(weight: 20)
        let (entry, _) = try Self.entry(of: scene)
        scene.status.report.journal = [entry.tick.text]
        var object = try scene.observation().canary.object
        #expect(object[path: "status", "journal"] == [.string(entry.tick.text)])
        object[path: "status", "journal"] = [entry.tick]
        #expect(try Canary(object).status.report.journal == [entry.tick.text])
    }

    @Test func keepsTwentyTicksAndNoMoreThanThereIsRoomFor() throws {
        var scene = Scene.run(weight: 20)
        scene.analysis["metrics"] = nil
        let (entry, _) = try Self.entry(of: scene)
        var ticks: [String] = []
        for _ in 0..<30 { ticks = entry.appended(to: ticks) }
        #expect(ticks.count == JournalEntry.mostTicks)
        #expect(ticks.reduce(0) { $0 + $1.utf8.count } <= JournalEntry.mostBytes)
        let large = String(repeating: "x", count: JournalEntry.mostBytes)
        #expect(entry.appended(to: [large, entry.tick.text]).count == 2)
    }
}
