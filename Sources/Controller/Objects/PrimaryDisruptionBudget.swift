import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// The PodDisruptionBudget of the primary: a copy of the target's that covers the primary's pods.
///
/// A pod that two budgets cover cannot be evicted at all, so there is none where the primary's pods are covered already.
struct PrimaryDisruptionBudget {
    /// The target's budget; nil when it has none, or that covers the primary too.
    let source: JSONValue?
    /// The copy that this Canary has.
    let copy: JSONValue?
    /// An object of somebody else under the copy's name.
    private let namesake: JSONValue?
    private let label: SelectorLabel

    /// Looks for them among `budgets`, those of the Canary's namespace.
    init(_ budgets: [JSONValue], for canary: Canary, target: JSONValue, label: SelectorLabel) {
        let template = target[path: "spec", "template", "metadata", "labels"]?.object ?? JSONObject()
        let others = budgets.filter { Ownership.foreign($0, to: canary) != nil }
        let isCovered = others.contains { PodSelector($0[path: "spec", "selector"]).matches(label.rewritten(template)) }
        let source =
            isCovered
            ? nil
            : others.sorted { $0.name < $1.name }.first { PodSelector($0[path: "spec", "selector"]).matches(template) }
        self.source = source
        self.label = label
        copy = budgets.first { Ownership.foreign($0, to: canary) == nil }
        namesake = source.flatMap { source in others.first { $0.name == "\(source.name)-primary" } }
    }

    /// How the copy is; nil when there is none to be.
    func state(for canary: Canary) -> ObjectState? {
        guard let source else { return copy == nil ? nil : .differs }
        guard let copy else {
            guard let namesake, let owner = Ownership.foreign(namesake, to: canary) else { return .missing }
            return .foreign("PodDisruptionBudget \(namesake.name).\(canary.namespace) is \(owner)")
        }
        return copy["spec"] == spec(source) ? .current : .differs
    }

    /// The object to create.
    func made(of source: JSONValue, for canary: Canary, _ settings: CopySettings) -> JSONValue {
        [
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": CopyMetadata.make("\(source.name)-primary", of: source, for: canary, settings),
            "spec": spec(source),
        ]
    }

    /// The spec that the copy should have.
    func spec(_ source: JSONValue) -> JSONValue {
        var spec = source["spec"] ?? .object(JSONObject())
        spec.change(["selector"]) { $0 = label.rewritten(selector: $0) }
        return spec
    }
}
