import JSON

/// A part of a journal that cannot be read.
struct JournalFault: Hashable, CustomStringConvertible {
    /// Where it is: an input, or a place in one.
    let place: String
    /// What is wrong, lower case, one line.
    let reason: String
    /// The faulty text and a caret below the fault; nil where there is none.
    var excerpt: String?

    /// A fault at `place`, told as `reason`.
    init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    /// The line at `place` is no JSON.
    init(_ place: JournalEntryPlace, _ error: JSONError) {
        self.init("\(place):\(error.column)", "parse JSON: \(error.reason)")
        excerpt = error.excerpt
    }

    /// `journal.jsonl:3:17: parse JSON: expected a value`, and the excerpt on the two lines after it.
    var description: String {
        let summary = "\(place): \(reason)"
        return excerpt.map { "\(summary)\n\($0)" } ?? summary
    }
}
