import FlaggerAPI
import Gate
import JSON
import Kubernetes

/// The Deployment or DaemonSet that serves the promoted revision: a copy of the target under another name and other
/// labels.
struct PrimaryCopy {
    let canary: Canary
    /// The target.
    let target: JSONValue
    /// The label by which the pods are told apart.
    let label: SelectorLabel
    /// The names of the primary's copies of ConfigMaps and Secrets.
    let copies: [ConfigName: String]
    let settings: CopySettings

    /// What of the spec is each workload's own; all else is copied, known or not.
    private static let own: Set<String> = ["replicas", "selector", "paused", "template"]

    /// The pod template that the primary should have; `configs` is what its revision says of ConfigMaps and Secrets.
    private func template(configs: String?) -> JSONValue {
        let template = target[path: "spec", "template"] ?? .object(JSONObject())
        return PrimaryTemplate.make(from: template, label: label, copies: copies, configs: configs)
    }

    /// Where the pod template of `primary` is not what it should be, whatever it says of ConfigMaps and Secrets.
    ///
    /// That one is from an earlier build, which wrote nothing of them, is no reason to make its pods anew.
    func differences(in primary: JSONValue) -> [String] {
        let held = PrimaryTemplate.withoutConfigs(primary[path: "spec", "template"] ?? .null)
        return TemplateDifferences.paths(in: held, against: template(configs: nil))
    }

    /// The object to create for the target, which holds `revision`; with `replicas` pods where their number is asked for.
    func made(revision: String, replicas: Int) -> JSONValue {
        let labels: [String: JSONValue] = [label.key: .string(label.primaryValue)]
        var object: JSONValue = [
            "apiVersion": "apps/v1", "kind": .string(canary.targetKind.rawValue),
            "metadata": CopyMetadata.make(canary.primaryName, of: target, for: canary, settings, labels: labels),
            "spec": ["selector": ["matchLabels": [label.key: .string(label.primaryValue)]]],
        ]
        if canary.targetKind == .deployment { object[path: "spec", "replicas"] = .number(JSONNumber(replicas)) }
        return given(object, revision: revision)
    }

    /// `primary` with the target's template and what goes with it; giving it twice changes nothing.
    func given(_ primary: JSONValue, revision: String) -> JSONValue {
        let labels: [String: JSONValue] = [label.key: .string(label.primaryValue)]
        let template = template(configs: configs(of: revision, for: primary))
        var primary = CopyMetadata.refreshed(primary, from: target, settings, labels: labels)
        for member in target[path: "metadata", "annotations"]?.object ?? JSONObject()
        where settings.copies(annotation: member.key) {
            primary[path: "metadata", "annotations", member.key] = member.value
        }
        primary[path: "metadata", "annotations", GateAnnotations.revision] = .string(revision)
        primary["spec"] = spec(primary["spec"]?.object ?? JSONObject(), template)
        return primary
    }

    /// What the template of `primary` is to say of the ConfigMaps and Secrets of `revision`.
    ///
    /// A revision that only gets its whole name is the same to the pods, so that none is made anew for it. A promotion is never
    /// taken for that, as its copies may have changed.
    private func configs(of revision: String, for primary: JSONValue) -> String? {
        let hasShortName = primary.annotation(GateAnnotations.revision).map { !RevisionDigest.hasConfigs($0) } ?? false
        let isRenamed = hasShortName && ![.initializing, .promoting].contains(canary.status.phase)
        guard isRenamed, differences(in: primary).isEmpty else { return RevisionDigest.configs(of: revision) }
        return PrimaryTemplate.configs(in: primary[path: "spec", "template"])
    }

    private func spec(_ held: JSONObject, _ template: JSONValue) -> JSONValue {
        var spec = JSONObject()
        for member in held where ["replicas", "selector"].contains(member.key) { spec[member.key] = member.value }
        for member in target["spec"]?.object ?? JSONObject() where !Self.own.contains(member.key) {
            spec[member.key] = member.value
        }
        spec["template"] = template
        guard canary.targetKind == .daemonSet else { return .object(spec) }
        if let strategy = RollingHold.strategy(heldOn: target) { spec["updateStrategy"] = strategy }
        // Left to somebody who removes the pods by hand, the primary would never serve what is promoted.
        if RollingHold.isByHand(target) { spec["updateStrategy"] = ["type": "RollingUpdate"] }
        return .object(spec)
    }
}
