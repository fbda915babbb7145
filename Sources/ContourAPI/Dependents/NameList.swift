/// A list of names in a sentence.
enum NameList {
    /// `a, b and 4 more` for `names`, of which `limit` are named and `unnamed` are not even known.
    static func text(_ names: [String], limit: Int, unnamed: Int = 0) -> String {
        let more = max(0, names.count - limit) + unnamed
        let shown = names.prefix(limit)
        if more > 0 { return "\(shown.joined(separator: ", ")) and \(more) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
    }
}
