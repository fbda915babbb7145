import YAML

/// A comment that says that a finding is known: `# canarygate:ignore canary/rule-id why`.
struct Suppression: Hashable {
    /// What of the document it is about.
    enum Scope: Hashable {
        /// All of it: the comment stands at its top.
        case document
        /// What stands on this line.
        case line(Int)
    }

    /// What the comment begins with.
    static let words = "canarygate:ignore"

    /// The id of the rule whose findings it takes away; empty where it names none.
    let rule: String
    /// Why; empty where no reason is given, and then it takes nothing away.
    let reason: String
    /// What it is about.
    let scope: Scope
    /// Where its words stand.
    let place: YAMLMark

    /// Whether it takes away findings of `rule` at `line`.
    func covers(_ rule: String, line: Int) -> Bool {
        guard !reason.isEmpty, self.rule == rule else { return false }
        return scope == .document || scope == .line(line)
    }
}
