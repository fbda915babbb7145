import JSON
import Kubernetes
import Schema

/// The modes that a namespace's labels set, `rules.canarygate.dev/canary.max-weight-zero: deny`, and what is wrong with
/// them.
struct NamespaceModes {
    private(set) var modes: [String: RuleMode] = [:]
    private(set) var faults: [ModeLabelFault] = []

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
            // The book may be of some kinds alone: of the others nothing can be said, unless one of its own was meant.
            guard book.covers(id) || book.isNearlyCovered(id) else { return }
            return refuse(unknown: name, near: book.nearest(to: id))
        }
        guard let mode = RuleMode(rawValue: value) else {
            let remedy = "write \(RuleMode.list)"
            return refuse(name, "\"\(value)\" is no mode", remedy, note: "namespace label \(name): \(remedy)")
        }
        guard !rule.isLowered(by: mode) else {
            let problem = "can't be lowered, the rollout relies on it"
            let note = "namespace label \(name)=\(value): \(problem)"
            return refuse(name, problem, "remove the label", note: note)
        }
        modes[id] = mode
    }

    private mutating func refuse(unknown name: String, near id: String?) {
        let remedy = id.map { "did you mean \($0)?" }
        let note = "namespace label \(name): no such rule" + (remedy.map { "; \($0)" } ?? "")
        refuse(name, "no such rule", remedy ?? "canarygate rules lists them", note: note)
    }

    private mutating func refuse(_ name: String, _ problem: String, _ remedy: String, note: String) {
        faults.append(ModeLabelFault(name: name, problem: problem, remedy: remedy, note: note))
    }
}
