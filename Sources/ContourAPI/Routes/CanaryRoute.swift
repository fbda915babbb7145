package import FlaggerAPI
package import JSON

/// The HTTPProxy that divides traffic between a primary and a canary.
///
/// A child proxy: a root of the team's includes it. Source: Contour's HTTPProxy API, weighted services.
package enum CanaryRoute {
    /// Annotations that keep GitOps tools from taking a generated object back.
    package static let handsOff: [(name: String, text: String)] = [
        ("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
        ("helm.toolkit.fluxcd.io/driftDetection", "disabled"),
    ]

    /// The HTTPProxy as it is made, both weights written out.
    ///
    /// - Parameters:
    ///   - canary: whose Services it leads to; it becomes the owner.
    ///   - weight: the canary's share in percent, 0...100.
    ///   - ingressClass: Contour's class, nil for its default.
    /// - Returns: the object to create.
    package static func proxy(for canary: Canary, weight: Int, ingressClass: String? = nil) -> JSONValue {
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
        spec["routes"] = [route(service, weight)]
        return ["apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy", "metadata": metadata, "spec": spec]
    }

    private static func route(_ service: CanaryService, _ weight: Int) -> JSONValue {
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
            [
                "name": .string(service.primaryName), "port": port,
                "weight": .number(JSONNumber(100 - weight)),
            ],
            ["name": .string(service.canaryName), "port": port, "weight": .number(JSONNumber(weight))],
        ]
        return route
    }
}
