package import Admission
package import JSON
package import Kubernetes

/// The good manifests over which the rules' examples are merged, and the cluster that they are applied to.
package enum ExampleCluster {
    /// The good manifest of a kind, `podinfo` in the namespace `test`.
    package static func good(_ kind: FlaggerKind) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": .string(kind.type.apiVersion),
            "kind": .string(kind.rawValue),
            "metadata": ["name": "podinfo", "namespace": "test"],
        ]
        object["spec"] =
            switch kind {
            case .canary: canary
            case .metricTemplate: metricTemplate
            case .alertProvider: alertProvider
            }
        return object
    }

    /// The kinds of which the cluster is known to have no more objects than are said.
    package static let kinds: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .deployments, .autoscalers, .services, .httpProxies, .secrets,
        .namespaces, .daemonSets, .scaledObjects, .networkPolicies, .podDisruptionBudgets,
    ]

    /// The cluster with the neighbours of the good Canary, and `objects` beside or in place of them.
    package static func view(with objects: some Sequence<JSONValue>) -> ClusterView {
        var view = ClusterView()
        for type in kinds { view.replace(type, with: []) }
        for object in neighbours + Array(objects) {
            guard let type = kinds.first(where: { $0.kind == object["kind"]?.string }) else { continue }
            view.set(type, object)
        }
        return view
    }

    /// What is in the cluster beside the good Canary: the workload that it rolls out, and the host that leads to it.
    package static let neighbours: [JSONValue] = [
        [
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": ["name": "podinfo", "namespace": "test"],
            "spec": [
                "selector": ["matchLabels": ["app": "podinfo"]],
                "template": [
                    "metadata": ["labels": ["app": "podinfo"]],
                    "spec": [
                        "containers": [
                            [
                                "name": "podinfod",
                                "image": "stefanprodan/podinfo:3.1.0",
                                "ports": [["name": "http", "containerPort": 9898]],
                            ]
                        ]
                    ],
                ],
            ],
        ],
        [
            "apiVersion": "projectcontour.io/v1",
            "kind": "HTTPProxy",
            "metadata": ["name": "podinfo-root", "namespace": "test"],
            "spec": ["virtualhost": ["fqdn": "podinfo.example"], "includes": [["name": "podinfo"]]],
        ],
    ]

    private static let canary: JSONValue = [
        "provider": "contour",
        "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"],
        "service": ["port": 80, "targetPort": 9898],
        "analysis": [
            "interval": "30s",
            "threshold": 5,
            "maxWeight": 50,
            "stepWeight": 5,
            "metrics": [["name": "request-success-rate", "interval": "1m", "thresholdRange": ["min": 99]]],
            "webhooks": [["name": "load-test", "type": "rollout", "url": "http://load-tester.test/"]],
        ],
    ]

    private static let metricTemplate: JSONValue = [
        "provider": ["type": "prometheus", "address": "http://prometheus.monitoring:9090"],
        "query": "sum(rate(errors_total[{{ interval }}]))",
    ]

    private static let alertProvider: JSONValue = [
        "type": "slack", "channel": "releases", "address": "https://hooks.example/services/1",
    ]
}
