import FlaggerAPI
import Schema

/// The values of the findings' labels: a fixed set of each, whoever asks and whatever is sent.
enum FindingLabels {
    /// What stands for anything that is not ours.
    static let other = "other"

    /// The kinds that rules are about.
    private static let kinds: Set<String> = Set(FlaggerKind.allCases.map(\.rawValue)).union(["HTTPProxy"])

    /// The kind of a review, which whoever reaches the port may make up.
    static func kind(_ kind: String) -> String { kinds.contains(kind) ? kind : other }

    /// The id of a rule: of the catalogue, or of a kind that has none yet, where ids stand in the sources.
    static func rule(_ id: String) -> String {
        FlaggerRules.book[id] != nil || !FlaggerRules.book.covers(id) ? id : other
    }
}
