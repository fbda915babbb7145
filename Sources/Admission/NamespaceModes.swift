import JSON
import Kubernetes
import Schema

/// The modes that a namespace's labels set, `rules.canarygate.dev/canary.max-weight-zero: deny`, and what is wrong with
/// them.
struct NamespaceModes {
    private(set) var modes: [String: RuleMode] = [:]
    private(set) var notes: [String] = []

    init(_ namespace: JSONValue?, book: RuleBook) {
        for label in namespace?[path: "metadata", "labels"]?.object ?? JSONObject()
        where label.key.hasPrefix(Rule.labelPrefix) {
            read(String(label.key.dropFirst(Rule.labelPrefix.count)), label.value.string ?? "", book)
        }
    }

    private mutating func read(_ name: String, _ value: String, _ book: RuleBook) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let id = parts.joined(separator: "/")
        guard let rule = book[id] else {
            // Of kinds that have no modes yet nothing can be said.
            guard book.covers(id) else { return }
            let near = book.nearest(to: id).map { "; did you mean \($0)?" } ?? ""
            return notes.append("namespace label \(name): no such rule\(near)")
        }
        guard let mode = RuleMode(rawValue: value) else {
            return notes.append("namespace label \(name): write \(RuleMode.list)")
        }
        guard !rule.isLowered(by: mode) else {
            return notes.append("namespace label \(name)=\(value): can't be lowered, the rollout relies on it")
        }
        modes[id] = mode
    }
}
