import Admission
import JSON
import Kubernetes
import Platform

/// A Deployment beside a Canary's own whose pods the Canary's Services would take for theirs.
struct MistakenPods {
    private let name: String
    private let service: String
    private let selector: String
    private let canary: GatedCanary
    private let glass: BreakGlass

    /// What `request` would bring about; nil when no Service of a Canary selects the pods, or did before.
    init?(_ request: AdmissionRequest, in view: ClusterView) {
        guard request.resource == "deployments", request.subresource == nil,
            request.operation == .create || request.operation == .update, let object = request.object,
            let namespace = request.namespace, let labels = Self.labels(object)
        else { return nil }
        name = request.displayName
        let before = request.oldObject.flatMap(Self.labels)
        let found = view.objects(.canaries, namespace: namespace).map(GatedCanary.init).sorted { $0.name < $1.name }
            .filter { $0.isPastInitialisation && $0.target != request.name }
            .lazy.compactMap { Self.service(of: $0, selecting: labels, butNot: before, in: view) }.first
        guard let found else { return nil }
        (canary, service, selector) = found
        glass = BreakGlass(on: object.value)
    }

    /// Forbidden, but for a broken glass.
    var glassCase: GlassCase {
        GlassCase(
            title: "deployment/\(name)",
            canary: canary.name,
            namespace: canary.namespace,
            glass: glass,
            refusal: "deployment/\(name): its pods have \(selector), by which service/\(service) of canary "
                + "\(canary.name) finds its own, and would get live traffic that no analysis has seen; write another "
                + "label in spec.template.metadata.labels and spec.selector; or, to do it all the same, put the "
                + "annotation \(GateAnnotations.breakGlass): '<reason>' on it"
        )
    }

    private static func labels(_ deployment: JSONCursor) -> JSONObject? {
        deployment["spec", "template"]?["metadata", "labels"]?.value.object
    }

    /// A Service of `canary` that selects pods with `labels`, and its selector in words.
    private static func service(
        of canary: GatedCanary,
        selecting labels: JSONObject,
        butNot before: JSONObject?,
        in view: ClusterView
    ) -> (GatedCanary, String, String)? {
        for name in ["\(canary.apex)-primary", "\(canary.apex)-canary", canary.apex] {
            let key = ObjectKey(namespace: canary.namespace, name: name)
            guard let selector = view.object(.services, key)?[path: "spec", "selector"]?.object, !selector.isEmpty,
                selects(selector, labels), before.map({ !selects(selector, $0) }) ?? true
            else { continue }
            let words = selector.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ", ")
            return (canary, name, words)
        }
        return nil
    }

    private static func selects(_ selector: JSONObject, _ labels: JSONObject) -> Bool {
        selector.allSatisfy { labels[$0.key] == $0.value }
    }
}
