/// A choice of a story's cases that has every kind of call in every phase, and every failure.
///
/// Each kind of write, question and news has each failure; the kinds of reads, which change nothing, take turns.
struct CrashSample {
    private var taken: Set<String> = []

    /// Whether `crash` of a round that began in `phase` belongs to it.
    mutating func takes(_ crash: CrashCase, phase: String) -> Bool {
        let kind = "\(Self.kind(of: crash.operation)) in \(phase)"
        if crash.operation.isRead { return crash.reading == .asked && takesRead(crash, kind) }
        if crash.reading == .informed {
            guard crash.operation.isWrite, [.gap, .answerLost, .conflict].contains(crash.failure) else { return false }
        }
        return taken.insert("\(crash.reading) \(kind) \(crash.failure)").inserted
    }

    private mutating func takesRead(_ crash: CrashCase, _ kind: String) -> Bool {
        let failures = CrashCase.failures(of: crash.operation, crash.reading)
        let turn = kind.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 1_009 } % failures.count
        return crash.failure == failures[turn] && taken.insert(kind).inserted
    }

    /// What is called, without what differs from run to run.
    private static func kind(of operation: String) -> String {
        let words = operation.split(separator: " ")
        if operation.isNews { return "tell" }
        if operation.isRead || operation.contains("controllerrevisions") {
            return words.prefix(2).joined(separator: " ")
        }
        return operation
    }
}
