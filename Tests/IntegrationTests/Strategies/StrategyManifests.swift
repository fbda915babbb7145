import JSON

/// A target, its host and its Canary, in a namespace of their own.
enum StrategyManifests {
    /// All of them for `strategy`, as one list for `kubectl apply`.
    static func list(for strategy: StrategyCase) -> String {
        let namespace: JSONValue = [
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(strategy.namespace)],
        ]
        var items = [namespace] + targets(strategy)
        if strategy.provider == "contour" { items.append(root(strategy.namespace)) }
        items.append(canary(strategy))
        return (["apiVersion": "v1", "kind": "List", "items": .array(items)] as JSONValue).text
    }

    private static func targets(_ strategy: StrategyCase) -> [JSONValue] {
        guard strategy.kind == "Service" else {
            return [workload(strategy.kind, "podinfo", image: "3.1.0", in: strategy.namespace)]
        }
        // The revisions of a Service are its selectors: each leads to pods of another image.
        let service: JSONValue = [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "podinfo", "namespace": .string(strategy.namespace)],
            "spec": [
                "selector": ["app": "first"], "ports": [["name": "http", "port": 80, "targetPort": 9_898]],
            ],
        ]
        return [("first", "3.1.0"), ("good", StrategyCase.good), ("bad", StrategyCase.bad)].map { name, tag in
            workload("Deployment", name, image: tag, in: strategy.namespace)
        } + [service]
    }

    private static func workload(_ kind: String, _ name: String, image: String, in namespace: String) -> JSONValue {
        let labels: JSONValue = ["app": .string(name)]
        let container: JSONValue = [
            "name": "podinfod", "image": .string(StrategyCase.image(image)),
            "ports": [["name": "http", "containerPort": 9_898]],
        ]
        return [
            "apiVersion": "apps/v1", "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": .string(namespace), "labels": labels],
            "spec": [
                "selector": ["matchLabels": labels],
                "template": ["metadata": ["labels": labels], "spec": ["containers": [container]]],
            ],
        ]
    }

    private static func root(_ namespace: String) -> JSONValue {
        [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": "front", "namespace": .string(namespace)],
            "spec": [
                "virtualhost": ["fqdn": .string("\(namespace).example.com")], "includes": [["name": "podinfo"]],
            ],
        ]
    }

    private static func canary(_ strategy: StrategyCase) -> JSONValue {
        var analysis: JSONValue = ["interval": "10s", "threshold": 5]
        if strategy.isMeasured {
            let bound: JSONValue = ["min": 90]
            analysis["metrics"] = [["name": "request-success-rate", "interval": "30s", "thresholdRange": bound]]
        }
        for member in strategy.analysis.object ?? JSONObject() { analysis[member.key] = member.value }
        let target: JSONValue = [
            "apiVersion": .string(strategy.kind == "Service" ? "v1" : "apps/v1"), "kind": .string(strategy.kind),
            "name": "podinfo",
        ]
        return [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
            "metadata": ["name": "podinfo", "namespace": .string(strategy.namespace)],
            "spec": [
                "provider": .string(strategy.provider), "targetRef": target,
                "service": ["port": 80, "targetPort": 9_898], "analysis": analysis,
            ],
        ]
    }
}
