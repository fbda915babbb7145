package import Admission
import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import TestSupport

/// The cluster in which reviews are judged, and who judges them.
package enum ReviewCluster {
    /// The loop's user.
    static let controller = "system:serviceaccount:canarygate-system:canarygate"

    /// The server's webhooks, which a test holds against those of the command.
    package static let webhooks: [any Webhook] = [
        CanaryDefaulter(), FlaggerValidator(.canary), FlaggerDefaulter(.metricTemplate),
        FlaggerValidator(.metricTemplate),
        FlaggerDefaulter(.alertProvider), FlaggerValidator(.alertProvider), HTTPProxyValidator(), CanaryDeletionGuard(),
        ReferenceGuard(),
        DeploymentGate(controllerUsername: controller),
        ConfigGate(controllerUsername: controller), OwnedObjectGuard(controllerUsername: controller),
    ]

    /// The kinds that the webhooks look at.
    static let types: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .httpProxies, .deployments, .autoscalers, .services, .secrets,
        .tlsCertificateDelegations, .extensionServices,
    ]

    /// Three Canaries in different phases and what the first one owns.
    static let view: ClusterView = {
        var view = ClusterView(Dictionary(uniqueKeysWithValues: types.map { ($0, [:]) }))
        view.set(.canaries, canary("podinfo", phase: "Progressing"))
        view.set(.canaries, canary("backend", phase: "Initialized"))
        view.set(.canaries, canary("shop", phase: "Failed"))
        view.set(.deployments, deployment())
        for name in ["podinfo-primary", "podinfo-canary"] {
            view.set(
                .services,
                [
                    "metadata": ["name": .string(name), "namespace": "test"],
                    "spec": ["selector": ["app": .string(name)], "ports": [["port": 80]]],
                ]
            )
        }
        return view
    }()

    private static func canary(_ name: String, phase: String) -> JSONValue {
        [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
            "metadata": ["name": .string(name), "namespace": "test", "uid": .string("uid-\(name)")],
            "spec": [
                "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": .string(name)],
                "service": ["port": 80],
            ],
            "status": ["phase": .string(phase), "lastPromotedSpec": "0123456789"],
        ]
    }
}
