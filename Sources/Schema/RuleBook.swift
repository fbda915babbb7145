/// Rules by id: the catalogue of some kinds.
package struct RuleBook: Sendable {
    /// In the order of the pages.
    package let rules: [Rule]
    private let byID: [String: Rule]
    private let prefixes: Set<String>

    /// A book of `rules`, whose ids are distinct.
    package init(_ rules: [Rule]) {
        self.rules = rules
        prefixes = Set(rules.map(\.prefix))
        byID = Dictionary(rules.map { ($0.id, $0) }) { first, _ in
            preconditionFailure("two rules are named \(first.id)")
        }
    }

    /// The rule `id`; nil where the book has none.
    package subscript(id: String) -> Rule? { byID[id] }

    /// Whether the book is complete for the kind that `id` begins with.
    package func covers(_ id: String) -> Bool { prefixes.contains(Self.prefix(of: id)) }

    /// Whether the kind that `id` begins with is none of the book's, and looks like one of them: `httproxy/…`.
    package func isNearlyCovered(_ id: String) -> Bool {
        !covers(id) && NearestName.find(Self.prefix(of: id), among: Array(prefixes)) != nil
    }

    private static func prefix(of id: String) -> String { String(id.prefix { $0 != "/" }) }

    /// The id that was probably meant by `id`; nil when none is near.
    package func nearest(to id: String) -> String? {
        if let near = NearestName.find(id, among: rules.map(\.id)) { return near }
        let name = id.drop { $0 != "/" }.dropFirst()
        let same = rules.first { $0.name == (name.isEmpty ? id[...] : name) }
        return same?.id
            ?? NearestName.find(id, among: rules.map(\.name)).flatMap { near in
                rules.first { $0.name == near }?.id
            }
    }
}
