import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// What comes after a state of a run, up to the end.
struct CrashFuture: Sendable {
    /// How many rounds.
    var rounds = 0
    /// How many calls that may change something.
    var writes = 0
    /// What is asked, and how often.
    var questions: [String: Int] = [:]

    /// What `calls` add, which come before it.
    mutating func precede(with calls: [String]) {
        rounds += 1
        note(calls)
    }

    /// Counts `calls`.
    mutating func note(_ calls: [String]) {
        for call in calls {
            if call.isWrite { writes += 1 }
            if call.isQuestion { questions[call, default: 0] += 1 }
        }
    }

    /// Counts what `other` counts as well.
    mutating func add(_ other: CrashFuture) {
        rounds += other.rounds
        writes += other.writes
        questions.merge(other.questions, uniquingKeysWith: +)
    }
}

/// A story in which nothing goes wrong, round by round, each by a process of its own.
struct CrashRun: Sendable {
    /// A round.
    struct Look: Sendable {
        let start: Checkpoint
        let state: String
        let calls: [String]
        let phase: String
        /// What comes from here on.
        var future = CrashFuture()
    }

    /// How many rounds without a write make a rest.
    static let rest = 2

    /// The story.
    let story: CrashStory
    /// Where the loop reads.
    let reading: CrashCase.Reading
    /// The rounds; the last ones are at rest.
    private(set) var looks: [Look] = []
    /// What is there at the end.
    let end: Checkpoint
    /// What must not be and was.
    let faults: [String]

    init(_ story: CrashStory, _ reading: CrashCase.Reading) async throws {
        let stage = try await story.stage()
        self.story = story
        self.reading = reading
        var quietRounds = 0
        while quietRounds < Self.rest {
            let life = stage.life(reading)
            let start = Checkpoint(stage)
            let phase = stage.phase
            let next = await stage.round(life)
            looks.append(Look(start: start, state: start.state, calls: life.link.calls, phase: phase))
            quietRounds = story.isOver(stage) && !life.link.calls.contains(where: \.isWrite) ? quietRounds + 1 : 0
            if !story.isOver(stage) { stage.wait(for: next) }
            if looks.count > 200 { throw Stage.Endless(status: stage.canary["status"]?.text ?? "none") }
        }
        end = Checkpoint(stage)
        faults = stage.faults
        var future = CrashFuture()
        for index in looks.indices.reversed() {
            future.precede(with: looks[index].calls)
            looks[index].future = future
        }
    }

    /// All that can go wrong in it.
    var cases: [CrashCase] {
        var cases: [CrashCase] = []
        var number = 0
        for (round, look) in looks.enumerated() {
            for (index, operation) in look.calls.enumerated() {
                number += 1
                for failure in CrashCase.failures(of: operation, reading) {
                    cases.append(
                        CrashCase(
                            story: story,
                            reading: reading,
                            number: number,
                            round: round,
                            call: index + 1,
                            operation: operation,
                            failure: failure
                        )
                    )
                }
            }
        }
        return cases
    }

    /// How many calls there are.
    var effects: Int { looks.map(\.calls.count).reduce(0, +) }
}

extension Stage {
    /// A new process that reads as `reading` says; `cache` is what it reads from.
    func life(
        _ reading: CrashCase.Reading,
        breaking: Link.Break? = nil,
        cache: GapCache? = nil,
        meanwhile: @escaping @Sendable (Failure, KubernetesCall?) async -> Void = { _, _ in }
    ) -> Life {
        let link = link(breaking: breaking, meanwhile: meanwhile)
        guard reading == .informed else { return Life(link: link, controller: controller(link)) }
        let cache = cache ?? GapCache(cluster)
        let reads = CachedAPI(link, cache: cache, clock: clock)
        return Life(link: link, controller: controller(link, api: reads, cache: cache))
    }

    /// Lets the time pass until the next round, a minute at most.
    func wait(for next: Requeue) {
        if case .after(let pause) = next { clock.advance(by: min(pause, .seconds(60))) }
    }
}
