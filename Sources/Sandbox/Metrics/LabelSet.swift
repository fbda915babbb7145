/// A series' labels, its name among them as `__name__`.
package struct LabelSet: Hashable, Sendable {
    /// The label that holds a series' name.
    static let nameLabel = "__name__"

    /// One label.
    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The labels by name; none has an empty value, which means the same as none.
    private(set) var labels: [Label]

    /// A set of `labels`; of two with one name the last counts.
    init(_ labels: some Sequence<(String, String)> = []) {
        var byName: [String: String] = [:]
        for (name, value) in labels { byName[name] = value }
        self.labels = byName.filter { !$0.value.isEmpty }.map { Label(name: $0.key, value: $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// The series `name` with `labels`.
    package init(_ name: String, _ labels: KeyValuePairs<String, String>) {
        self.init([(Self.nameLabel, name)] + labels.map { ($0.key, $0.value) })
    }

    /// The value of the label; empty when there is none.
    subscript(name: String) -> String { labels.first { $0.name == name }?.value ?? "" }

    /// The labels without those of `names`.
    func dropping(_ names: Set<String>) -> LabelSet {
        var copy = self
        copy.labels.removeAll { names.contains($0.name) }
        return copy
    }

    /// Only the labels of `names`.
    func keeping(_ names: Set<String>) -> LabelSet {
        var copy = self
        copy.labels.removeAll { !names.contains($0.name) }
        return copy
    }

    /// The set without the series' name, as the results of functions have it.
    var withoutName: LabelSet { dropping([Self.nameLabel]) }

    /// `name{a="b"}`, as Prometheus writes it.
    package var description: String {
        let pairs = withoutName.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        let braces = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
        return self[Self.nameLabel] + braces
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension LabelSet: Comparable {
    /// By the labels in turn.
    package static func < (left: LabelSet, right: LabelSet) -> Bool {
        left.labels.lexicographicallyPrecedes(right.labels) { ($0.name, $0.value) < ($1.name, $1.value) }
    }
}
