import JSON
import Rollout

/// An entry of a journal whose decision was made again.
struct ReplayedEntry {
    /// The entry as it was written.
    let entry: Journal.Entry
    /// The decision as it is made now.
    let decided: JSONValue
    /// Where it is another one; empty when it is the same.
    let differences: [ReplayDifference]

    /// Decides on `entry` again.
    ///
    /// - Throws: `ReplayError` when the entry says too little.
    init(_ entry: Journal.Entry) throws(ReplayError) {
        let replay = try Replay(entry.value, of: entry.canary)
        self.entry = entry
        decided = replay.decided
        if replay.agrees {
            differences = []
        } else if let asks = replay.decided["asks"] {
            differences = [ReplayDifference(path: "asked", written: nil, decided: asks)]
        } else {
            differences = ReplayDifference.all(from: replay.recorded, to: replay.decided)
        }
    }

    /// Whether the decision is the one that is written.
    var agrees: Bool { differences.isEmpty }
}
