import JSON

/// The pod template of a primary: the target's, told apart by its label and reading copies of ConfigMaps and Secrets.
///
/// What is rewritten here is all in which the two may differ.
enum PrimaryTemplate {
    /// The template for the primary of a target with `template`, whose pods are told apart by `label`.
    ///
    /// ConfigMaps and Secrets that have copies are read from those; `copies` has their names.
    static func make(from template: JSONValue, label: SelectorLabel, copies: [ConfigName: String]) -> JSONValue {
        var made = ScaleToZero.removed(from: template)
        let labels = made[path: "metadata", "labels"]?.object ?? JSONObject()
        made[path: "metadata", "labels"] = .object(label.rewritten(labels))
        for rule in ["podAffinity", "podAntiAffinity"] {
            let path = ["spec", "affinity", rule]
            made.changeElements(of: path + ["requiredDuringSchedulingIgnoredDuringExecution"]) { term in
                selectPrimary(&term, label)
            }
            made.changeElements(of: path + ["preferredDuringSchedulingIgnoredDuringExecution"]) { term in
                term.change(["podAffinityTerm"]) { selectPrimary(&$0, label) }
            }
        }
        made.changeElements(of: ["spec", "topologySpreadConstraints"]) { selectPrimary(&$0, label) }
        return ConfigPlaces.renamed(in: made) { copies[$0] }
    }

    /// Pods that are to be near or far from their like look for the primary's.
    private static func selectPrimary(_ term: inout JSONValue, _ label: SelectorLabel) {
        term.change(["labelSelector"]) { $0 = label.rewritten(selector: $0) }
    }
}
