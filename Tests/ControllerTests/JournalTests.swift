import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Logging
import Platform
import Rollout
import TestSupport
import Testing

/// What the loop writes of each tick, and when it writes nothing.
@Suite(.timeLimit(.minutes(1))) struct JournalTests {
    /// The lines of a journal.
    private final class Lines: JournalSink {
        private let entries = Locked<[JSONValue]>([])

        var all: [JSONValue] { entries.withLock { $0 } }

        func write(_ entry: JSONValue) async { entries.withLock { $0.append(entry) } }
    }

    /// A process of the loop on `stage` that keeps a journal.
    private static func life(_ stage: Stage, _ lines: Lines) -> Stage.Life {
        let link = stage.link()
        let line = Line(link: link, outside: stage.outside) { _ in }
        let controller = Controller(
            api: link,
            clock: stage.clock,
            events: line,
            metrics: line,
            hooks: line,
            journal: lines,
            settings: Stage.patient,
            logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0 }
        )
        return Stage.Life(link: link, controller: controller)
    }

    @Test(arguments: [true, false]) func everyTickOfARunCanBeDecidedAgain(isGood: Bool) async throws {
        let stage = try Stage(canary: Examples.shortCanary(), target: Examples.shortDeployment())
        let lines = Lines()
        let life = Self.life(stage, lines)
        try await stage.run(life, until: .initialized)
        try stage.setImage("3.1.1")
        if !isGood { stage.outside.answers["request-success-rate"] = .value(95) }
        try await stage.run(life, until: isGood ? .succeeded : .failed)
        #expect(lines.all.count > 15)
        for line in lines.all {
            let replay = try Replay(JSONValue(parsing: line.serialized))
            #expect(replay.agrees, "\(replay.recorded.text) and now \(replay.decided.text)")
        }
        // No template and nothing that stands in one.
        #expect(
            !lines.all.contains { $0.text.contains("stefanprodan") && $0["saw"]?.text.contains("containers") == true }
        )
        let canary = stage.canary
        let ticks = (canary[path: "status", "journal"]?.array ?? []).compactMap(\.string)
        #expect((5...JournalEntry.mostTicks).contains(ticks.count))
        #expect(ticks.reduce(0) { $0 + $1.utf8.count } <= JournalEntry.mostBytes)
        for tick in ticks { #expect(try Replay(JSONValue(parsing: tick), of: canary).agrees) }
    }

    @Test func writesNothingAtRest() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let lines = Lines()
        let life = Self.life(stage, lines)
        for _ in 0..<3 { await stage.round(life) }
        let before = life.link.calls.count
        let version = stage.canary.resourceVersion
        for _ in 0..<10 {
            await stage.round(life)
            stage.clock.advance(by: .seconds(600))
        }
        #expect(life.link.calls.dropFirst(before).allSatisfy { $0.hasPrefix("get ") || $0.hasPrefix("list ") })
        #expect(stage.canary.resourceVersion == version)
    }
}
