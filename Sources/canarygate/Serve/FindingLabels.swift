import ContourAPI
import FlaggerAPI
import Schema

/// The values of the findings' labels: a fixed set of each, whoever asks and whatever is sent.
enum FindingLabels {
    /// What stands for anything that is not ours.
    static let other = "other"

    /// The kinds that rules are about.
    private static let kinds = Set(FlaggerKind.allCases.map(\.rawValue) + ContourKind.allCases.map(\.rawValue))

    /// The kind of a review, which whoever reaches the port may make up.
    static func kind(_ kind: String) -> String { kinds.contains(kind) ? kind : other }

    /// What the guard is asked about.
    private static let resources: Set = [
        "canaries", "configmaps", "daemonsets", "deployments", "horizontalpodautoscalers", "httpproxies",
        "poddisruptionbudgets", "scaledobjects", "secrets", "services",
    ]

    /// The plural of a guarded kind.
    static func resource(_ plural: String) -> String { resources.contains(plural) ? plural : other }

    /// The id of a rule of the catalogue.
    static func rule(_ id: String) -> String { RuleCatalogue.book[id] != nil ? id : other }
}
