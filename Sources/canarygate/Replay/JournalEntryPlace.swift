/// Where an entry of a journal stands.
enum JournalEntryPlace: Hashable {
    /// On a line of an input, from 1.
    case line(Int, of: String)
    /// In `status.journal` of the Canary with the label `namespace/name`, from 0.
    case tick(Int, of: String)
}

extension JournalEntryPlace: CustomStringConvertible {
    /// `journal.jsonl:3`, `test/podinfo status.journal[2]`.
    var description: String {
        switch self {
        case .line(let number, let file): "\(file):\(number)"
        case .tick(let index, let canary): "\(canary) status.journal[\(index)]"
        }
    }
}
