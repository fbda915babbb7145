import JSON

/// How a DaemonSet is kept from having pods: by a label that no node has.
///
/// Source: Flagger, whose label it is, so that either can take over from the other.
enum ScaleToZero {
    /// The label in the node selector.
    static let label = "flagger.app/scale-to-zero"

    /// Whether `daemonSet` is kept from having pods.
    static func isOn(_ daemonSet: JSONValue) -> Bool {
        daemonSet[path: "spec", "template", "spec", "nodeSelector", label] != nil
    }

    /// The merge patch of a DaemonSet's spec that turns it on or off.
    static func patch(_ isOn: Bool) -> JSONValue {
        ["template": ["spec": ["nodeSelector": [label: isOn ? "true" : .null]]]]
    }

    /// `template` without it, as the team wrote it.
    static func removed(from template: JSONValue) -> JSONValue {
        var template = template
        guard var selector = template[path: "spec", "nodeSelector"]?.object else { return template }
        selector[label] = nil
        template[path: "spec", "nodeSelector"] = selector.isEmpty ? nil : .object(selector)
        return template
    }
}
