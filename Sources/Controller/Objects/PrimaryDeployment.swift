import FlaggerAPI
import Gate
import JSON
import Kubernetes

/// The Deployment that serves the promoted revision: a copy of the target under another name and other labels.
enum PrimaryDeployment {
    /// Fields of the target's spec that are copied as they are, the template apart.
    private static let copied = ["minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit", "strategy"]

    /// The Deployment to create for `target`, which holds `revision`.
    static func make(
        for canary: Canary,
        target: JSONValue,
        label: SelectorLabel,
        revision: String,
        replicas: Int
    ) -> JSONValue {
        var annotations = JSONObject()
        for member in target[path: "metadata", "annotations"]?.object ?? JSONObject() where isCopied(member.key) {
            annotations[member.key] = member.value
        }
        annotations[GateAnnotations.revision] = .string(revision)
        let labels: JSONValue = [label.key: .string(label.primaryValue)]
        let object: JSONValue = [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": [
                "name": .string(canary.primaryName), "namespace": .string(canary.namespace), "labels": labels,
                "annotations": .object(annotations), "ownerReferences": [canary.ownerReference],
            ],
            "spec": [
                "replicas": .number(JSONNumber(replicas)), "selector": ["matchLabels": labels],
            ],
        ]
        return given(object, target: target, label: label, revision: revision)
    }

    /// `primary` with the target's template and what goes with it; giving it twice changes nothing.
    static func given(
        _ primary: JSONValue,
        target: JSONValue,
        label: SelectorLabel,
        revision: String
    ) -> JSONValue {
        var primary = primary
        for field in copied { primary[path: "spec", field] = target[path: "spec", field] }
        primary[path: "spec", "template"] = template(target, label)
        primary[path: "metadata", "annotations", GateAnnotations.revision] = .string(revision)
        return primary
    }

    /// The target's pod template with the primary's label, in affinities and spread constraints too.
    private static func template(_ target: JSONValue, _ label: SelectorLabel) -> JSONValue {
        var template = target[path: "spec", "template"] ?? .object(JSONObject())
        let labels = template[path: "metadata", "labels"]?.object ?? JSONObject()
        template[path: "metadata", "labels"] = .object(label.rewritten(labels))
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        if let terms = template[path: "spec", "affinity", "podAntiAffinity", required]?.array {
            let rewritten = terms.map { term in selecting(term, label) }
            template[path: "spec", "affinity", "podAntiAffinity", required] = .array(rewritten)
        }
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
        if let terms = template[path: "spec", "affinity", "podAntiAffinity", preferred]?.array {
            let rewritten = terms.map { term in
                var term = term
                if let inner = term["podAffinityTerm"] { term["podAffinityTerm"] = selecting(inner, label) }
                return term
            }
            template[path: "spec", "affinity", "podAntiAffinity", preferred] = .array(rewritten)
        }
        if let constraints = template[path: "spec", "topologySpreadConstraints"]?.array {
            let rewritten = constraints.map { selecting($0, label) }
            template[path: "spec", "topologySpreadConstraints"] = .array(rewritten)
        }
        return template
    }

    private static func selecting(_ term: JSONValue, _ label: SelectorLabel) -> JSONValue {
        guard let selector = term["labelSelector"] else { return term }
        var term = term
        term["labelSelector"] = label.rewritten(selector: selector)
        return term
    }

    /// What tools keep on an object for themselves stays on that object.
    private static func isCopied(_ annotation: String) -> Bool {
        !annotation.contains("toolkit.fluxcd.io") && !annotation.hasPrefix("kubectl.kubernetes.io/")
            && !annotation.hasPrefix("deployment.kubernetes.io/") && !annotation.hasPrefix("canarygate.dev/")
    }
}
