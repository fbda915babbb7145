/// One thing that goes wrong in a story.
struct CrashCase: Hashable, Sendable, CustomStringConvertible {
    /// Where the loop reads.
    enum Reading: String, Sendable, CaseIterable {
        /// It asks the server each time.
        case asked
        /// From caches.
        case informed
    }

    /// The story.
    let story: CrashStory
    /// Where the loop reads.
    let reading: Reading
    /// The call of the undisturbed run, counted from 1.
    let number: Int
    /// In which of its rounds that is, counted from 0.
    let round: Int
    /// Which call of the round it is, counted from 1.
    let call: Int
    /// What is called.
    let operation: String
    /// What goes wrong.
    let failure: Failure

    /// Under which it can be run alone: `weights/promoted/asked/142/deathAfter`.
    var title: String { "\(story)/\(reading.rawValue)/\(number)/\(failure.rawValue)" }

    /// `weights/promoted/asked/142/deathAfter (update services test/podinfo)`.
    var description: String { "\(title) (\(operation))" }

    /// What can go wrong at `operation`.
    static func failures(of operation: String, _ reading: Reading) -> [Failure] {
        if operation.isNews { return [.deathBefore, .deathAfter] }
        let gap: [Failure] = reading == .informed ? [.gap] : []
        if operation.isQuestion { return [.deathBefore, .deathAfter, .silence, .secondLeader, .fenced] + gap }
        guard operation.isRead else { return Failure.allCases.filter { $0 != .silence && $0 != .gap } + gap }
        return [.deathBefore, .lost, .busy, .fault, .unavailable, .secondLeader, .fenced]
    }
}
