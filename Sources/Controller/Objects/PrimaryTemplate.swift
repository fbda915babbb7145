import Gate
import JSON

/// The pod template of a primary: the target's, told apart by its label and reading copies of ConfigMaps and Secrets.
///
/// What is rewritten here is all in which the two may differ.
enum PrimaryTemplate {
    /// The template for the primary of a target with `template`, whose pods are told apart by `label`.
    ///
    /// ConfigMaps and Secrets that have copies are read from those; `copies` has their names. `configs` is what the revision
    /// says of them: where nothing else has changed there would be no new pods without it, and those that there are have
    /// read the former ones.
    static func make(
        from template: JSONValue,
        label: SelectorLabel,
        copies: [ConfigName: String],
        configs: String?
    ) -> JSONValue {
        var made = withoutConfigs(ScaleToZero.removed(from: template))
        if let configs { made[path: "metadata", "annotations", GateAnnotations.configs] = .string(configs) }
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

    /// `template` without what it says of ConfigMaps and Secrets, which primaries of earlier builds do not, and targets never.
    static func withoutConfigs(_ template: JSONValue) -> JSONValue {
        guard configs(in: template) != nil else { return template }
        var template = template
        template[path: "metadata", "annotations", GateAnnotations.configs] = nil
        if template[path: "metadata", "annotations"]?.object?.isEmpty == true {
            template[path: "metadata", "annotations"] = nil
        }
        return template
    }

    /// What `template` says of ConfigMaps and Secrets; nil when it says nothing.
    static func configs(in template: JSONValue?) -> String? {
        template?[path: "metadata", "annotations", GateAnnotations.configs]?.string
    }

    /// Pods that are to be near or far from their like look for the primary's.
    private static func selectPrimary(_ term: inout JSONValue, _ label: SelectorLabel) {
        term.change(["labelSelector"]) { $0 = label.rewritten(selector: $0) }
    }
}
