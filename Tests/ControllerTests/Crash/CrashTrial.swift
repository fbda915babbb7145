import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// One thing goes wrong in one round of a run; then it goes on until it comes to what is known to end well.
struct CrashTrial {
    /// How many rounds, and how many calls that may change something, it may take more than the undisturbed run.
    static let allowance = 12

    private let crash: CrashCase
    private let run: CrashRun
    private let known: CrashMemory
    private let stage: Stage
    private let cache: GapCache
    private var lives: [Stage.Life] = []
    private var marked: (type: ResourceType, key: ObjectKey)?

    init(_ crash: CrashCase, in run: CrashRun, _ known: CrashMemory) {
        self.crash = crash
        self.run = run
        self.known = known
        stage = Stage(run.looks[crash.round].start)
        cache = GapCache(stage.cluster)
    }

    /// Tries it; says what is wrong, nil when nothing is.
    mutating func fault() async -> String? {
        let next = await fail()
        guard lives[0].link.isBroken else { return "the call was not made" }
        if let fault = stage.faults.first { return fault }
        return await goOn(next)
    }

    /// The round in which it goes wrong, and what comes before others notice; returns who goes on.
    private mutating func fail() async -> Stage.Life {
        let successors = Locked<[Stage.Life]>([])
        let marked = Locked<(type: ResourceType, key: ObjectKey)?>(nil)
        let broken = stage.life(
            crash.reading,
            breaking: Link.Break(call: crash.call, crash.failure),
            cache: cache,
            meanwhile: { [stage, cache, reading = crash.reading] failure, call in
                switch failure {
                case .conflict:
                    guard let call, let key = call.key, call.verb != .create else { return }
                    stage.mark(call.type, key)
                    marked.withLock { $0 = (call.type, key) }
                case .gap: cache.freeze()
                case .secondLeader, .fenced:
                    let life = stage.life(reading)
                    successors.withLock { $0.append(life) }
                    for _ in 0..<2 { await stage.round(life) }
                default: break
                }
            }
        )
        lives.append(broken)
        let next = await stage.round(broken)
        self.marked = marked.withLock { $0 }
        switch crash.failure {
        case .deathBefore, .deathAfter: lives.append(stage.life(crash.reading))
        case .gap, .secondLeader, .fenced:
            // It has not noticed anything yet.
            stage.clock.advance(by: .seconds(2))
            await stage.round(broken)
            cache.thaw()
            lives += successors.withLock { $0 }
        default:
            if next != .again { stage.clock.advance(by: .seconds(2)) }
        }
        return lives[lives.count - 1]
    }

    /// Goes on until what comes is known, or the end.
    private func goOn(_ life: Stage.Life) async -> String? {
        var path: [(state: String, calls: Int)] = []
        var quietRounds = 0
        while true {
            let state = Checkpoint(stage).state
            if let future = known.future(of: state, crash) { return settle(path, future, life) }
            path.append((state, life.link.calls.count))
            if path.count > run.looks[crash.round].future.rounds + Self.allowance { return endless() }
            let next = await stage.round(life)
            if let fault = stage.faults.first { return fault }
            let isQuiet = !life.link.calls.dropFirst(path[path.count - 1].calls).contains(where: \.isWrite)
            quietRounds = run.story.isOver(stage) && isQuiet ? quietRounds + 1 : 0
            if quietRounds == CrashRun.rest { return judge() ?? settle(path, CrashFuture(), life) }
            if !run.story.isOver(stage) { stage.wait(for: next) }
        }
    }

    private func endless() -> String { "it comes to no end: \(stage.canary["status"]?.text ?? "none")" }

    /// What is otherwise at the end than it was without anything going wrong.
    private func judge() -> String? {
        let isLenient = crash.failure == .silence
        let (wanted, there) = (run.end.essence(isLenient: isLenient), Checkpoint(stage).essence(isLenient: isLenient))
        guard wanted != there else { return nil }
        let missing = Set(wanted).subtracting(there).sorted()
        let surplus = Set(there).subtracting(wanted).sorted()
        return "at the end there is \(surplus) instead of \(missing)"
    }

    /// Remembers the path, which ends well, and looks at what it cost.
    private func settle(_ path: [(state: String, calls: Int)], _ end: CrashFuture, _ life: Stage.Life) -> String? {
        var future = end
        var last = life.link.calls.count
        for (state, calls) in path.reversed() {
            future.precede(with: Array(life.link.calls[calls..<last]))
            last = calls
            known.learn(state, future, crash)
        }
        future.note(Array(life.link.calls[..<last]))
        for other in lives.dropLast() { future.note(other.link.calls) }
        return surplus(future) ?? lostMark()
    }

    private func surplus(_ cost: CrashFuture) -> String? {
        let usual = run.looks[crash.round].future
        if cost.writes > usual.writes + Self.allowance { return "\(cost.writes) writes instead of \(usual.writes)" }
        // One check that fails may be the last.
        if crash.failure == .silence { return nil }
        for (question, count) in usual.questions where cost.questions[question] ?? 0 < count {
            return "\(question): \(cost.questions[question] ?? 0) times, expected at least \(count)"
        }
        return nil
    }

    /// Whether what somebody else wrote on an object was overwritten.
    private func lostMark() -> String? {
        guard let marked, let object = stage.cluster.object(marked.type, marked.key),
            object.annotation(EssenceWriter.mark) == nil
        else { return nil }
        return "what somebody else wrote on \(marked.type.kind) \(marked.key) is gone"
    }
}

extension Stage {
    /// Somebody else writes on the object.
    fileprivate func mark(_ type: ResourceType, _ key: ObjectKey) {
        cluster.modify(type, key) { $0[path: "metadata", "annotations", EssenceWriter.mark] = "yes" }
    }
}
