package import FlaggerAPI
package import JSON
import Kubernetes

/// The HTTPProxy that divides traffic between a primary and a canary.
///
/// A child proxy: a root of the team's includes it. It is made once; from then on the loop changes what
/// `CanaryRoute.patch` names and keeps everything else. Source: Contour's HTTPProxy API.
package enum CanaryRoute {
    /// Annotations that keep GitOps tools from taking a generated object back.
    package static let handsOff: [(name: String, text: String)] = [
        ("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
        ("helm.toolkit.fluxcd.io/driftDetection", "disabled"),
    ]

    /// The annotation that holds the conditions of the alternatives for which routes were made, so that those routes are
    /// found again when the Canary asks for others.
    package static let alternativesAnnotation = "canarygate.dev/alternatives"

    /// The HTTPProxy as it is made, all weights written out.
    ///
    /// - Parameters:
    ///   - canary: whose Services it leads to; it becomes the owner.
    ///   - traffic: what it does with the requests.
    ///   - ingressClass: Contour's class, nil for its default.
    /// - Returns: the object to create.
    package static func proxy(
        for canary: Canary,
        _ traffic: Traffic = .home,
        ingressClass: String? = nil
    ) -> JSONValue {
        let service = canary.service
        var annotations = service.apexMetadata.annotations
        for annotation in handsOff { annotations[annotation.name] = .string(annotation.text) }
        var metadata: JSONValue = [
            "name": .string(service.apexName), "namespace": .string(canary.namespace),
        ]
        if !service.apexMetadata.labels.isEmpty { metadata["labels"] = .object(service.apexMetadata.labels) }
        metadata["annotations"] = .object(annotations)
        metadata["ownerReferences"] = [canary.ownerReference]
        var spec: JSONValue = .object(JSONObject())
        if let ingressClass { spec["ingressClassName"] = .string(ingressClass) }
        spec["routes"] = [plainRoute(service)]
        let proxy: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy", "metadata": metadata, "spec": spec,
        ]
        let routes = CanaryRoutes(proxy, of: canary)
        do throws(CanaryRouteConflict) {
            return routes.proxy(try routes.arranged(for: traffic, completing: true))
        } catch {
            // Nobody has added anything yet that could be in the way.
            return proxy
        }
    }

    /// The route of all requests that no other takes, at rest.
    private static func plainRoute(_ service: CanaryService) -> JSONValue {
        var route: JSONValue = ["conditions": [["prefix": .string(service.prefix)]]]
        if let timeout = service.timeout {
            route["timeoutPolicy"] = ["response": .string(timeout), "idle": "5m"]
        }
        if let retries = service.retries {
            var policy: JSONValue = ["count": .number(JSONNumber(retries.attempts))]
            if let timeout = retries.perTryTimeout { policy["perTryTimeout"] = .string(timeout) }
            if !retries.retryOn.isEmpty { policy["retryOn"] = .array(retries.retryOn.map { .string($0) }) }
            route["retryPolicy"] = policy
        }
        let port = JSONValue.number(JSONNumber(service.port))
        route["services"] = [
            ["name": .string(service.primaryName), "port": port, "weight": 100],
            ["name": .string(service.canaryName), "port": port, "weight": 0],
        ]
        return route
    }
}
