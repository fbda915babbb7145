import Platform

/// All that goes wrong in a story, or a sample of it.
struct CrashMatrix {
    /// What came of a story.
    struct Row: Sendable, CustomStringConvertible {
        let story: CrashStory
        var effects = 0
        var failures = 0
        var faults: [String] = []

        /// A line of the table.
        var description: String {
            let outcome = faults.isEmpty ? "all survived" : "\(faults.count) NOT SURVIVED"
            let name = story.description.padded(to: 28)
            return "crash-matrix: \(name) \("\(effects)".padded(to: 8)) \("\(failures)".padded(to: 9)) \(outcome)"
        }
    }

    private let selection: CrashSelection

    init(_ selection: CrashSelection) { self.selection = selection }

    /// Has everything go wrong in `story` that is selected.
    func row(of story: CrashStory) async throws -> Row {
        var row = Row(story: story)
        var sample = CrashSample()
        for reading in CrashCase.Reading.allCases {
            let run = try await CrashRun(story, reading)
            row.effects += run.effects
            row.faults += run.faults.map { "\(story)/\(reading.rawValue) undisturbed: \($0)" }
            guard run.faults.isEmpty else { continue }
            var cases = run.cases.filter(selection.includes)
            if !selection.isFull { cases = cases.filter { sample.takes($0, phase: run.looks[$0.round].phase) } }
            row.failures += cases.count
            row.faults += await Self.faults(cases, in: run)
        }
        return row
    }

    /// How many are tried at once.
    private static let workers = 2

    private static func faults(_ cases: [CrashCase], in run: CrashRun) async -> [String] {
        let known = CrashMemory(run)
        let queue = Locked(cases[...])
        return await withTaskGroup(of: [String].self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var faults: [String] = []
                    while let crash = queue.withLock({ $0.popFirst() }) {
                        var trial = CrashTrial(crash, in: run, known)
                        if let fault = await trial.fault() { faults.append("\(crash): \(fault)") }
                    }
                    return faults
                }
            }
            var faults: [String] = []
            for await some in group { faults += some }
            return faults.sorted()
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
