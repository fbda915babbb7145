import Testing

/// Whatever goes wrong at whatever call of a rollout: all comes to the same end, and nothing must be meanwhile that must
/// not.
///
/// A sample of it; `scripts/crash-matrix` tries all.
@Suite(.timeLimit(.minutes(CrashSelection.asked.isFull ? 240 : 1))) struct CrashMatrixTests {
    @Test(arguments: CrashSelection.asked.stories) func comesToTheSameEnd(story: CrashStory) async throws {
        let selection = CrashSelection.asked
        let row = try await CrashMatrix(selection).row(of: story)
        if selection.isFull { print(row) }
        #expect(row.failures > 0 || !selection.failure.isEmpty || !selection.title.isEmpty)
        let faults = row.faults.prefix(selection.isFull ? 200 : 5).joined(separator: "\n")
        #expect(row.faults.isEmpty, "one alone: scripts/crash-matrix --case TITLE\n\(faults)")
    }
}
