import Controller
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// The objects that an initialisation makes, whole.
@Suite(.timeLimit(.minutes(1))) struct GeneratedObjectsTests {
    private static let owner: JSONValue = [
        "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
        "controller": true, "blockOwnerDeletion": true,
    ]
    private static let handsOff: JSONValue = [
        "kustomize.toolkit.fluxcd.io/reconcile": "disabled", "helm.toolkit.fluxcd.io/driftDetection": "disabled",
    ]

    /// `object` without what the server hands out and the status.
    private static func bare(_ object: JSONValue?) throws -> JSONValue {
        var object = try #require(object)
        for field in ["uid", "resourceVersion", "creationTimestamp", "generation"] {
            object[path: "metadata", field] = nil
        }
        object["status"] = nil
        return object
    }

    private static func service(_ name: String, leadsTo app: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": [
                "name": .string(name), "namespace": "test",
                "labels": ["app": .string(name), "canarygate.dev/managed": "true"],
                "annotations": handsOff, "ownerReferences": [owner],
            ],
            "spec": [
                "type": "ClusterIP", "selector": ["app": .string(app)],
                "ports": [["name": "http", "protocol": "TCP", "port": 80, "targetPort": 9_898]],
            ],
        ]
    }

    @Test(arguments: [
        ("podinfo", "podinfo-primary"), ("podinfo-primary", "podinfo-primary"), ("podinfo-canary", "podinfo"),
    ])
    func makesServices(name: String, app: String) async throws {
        let stage = try await Stage.initialised()
        let stored = stage.cluster.object(.services, "test", name)
        #expect(try Self.bare(stored) == Self.service(name, leadsTo: app))
    }

    @Test func makesThePrimary() async throws {
        let stage = try Stage()
        stage.cluster.modify(.deployments, test) { target in
            target[path: "metadata", "annotations"] = [
                "team": "web", "kubectl.kubernetes.io/last-applied-configuration": "{}",
                "deployment.kubernetes.io/revision": "7", "kustomize.toolkit.fluxcd.io/checksum": "1",
            ]
            target[path: "spec", "template", "metadata", "labels", "tier"] = "front"
            target[path: "spec", "template", "spec", "fieldOfNextYear"] = ["a": 1]
        }
        let revision = stage.revision(of: stage.target)
        stage.world.withLock { _ = $0.proven.insert(revision) }
        try await stage.run(stage.life(), until: .initialized)
        var template = stage.target.template
        template[path: "metadata", "labels"] = ["app": "podinfo-primary", "tier": "front"]
        let expected: JSONValue = [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": [
                "name": "podinfo-primary", "namespace": "test",
                "labels": ["app": "podinfo-primary", "canarygate.dev/managed": "true"],
                "annotations": ["team": "web", "canarygate.dev/revision": .string(revision)],
                "ownerReferences": [Self.owner],
            ],
            "spec": [
                "replicas": 2, "selector": ["matchLabels": ["app": "podinfo-primary"]], "minReadySeconds": 5,
                "progressDeadlineSeconds": 60, "revisionHistoryLimit": 5,
                "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1]], "template": template,
            ],
        ]
        #expect(try Self.bare(stage.primary) == expected)
    }

    /// The containers' ports by their names, of the Service `name`.
    private static func ports(of name: String, _ stage: Stage) -> [String] {
        let ports = stage.cluster.object(.services, "test", name)?[path: "spec", "ports"]?.array ?? []
        return ports.map { "\($0["name"]?.string ?? "") \($0["port"]?.int ?? 0)" }
    }

    @Test func giveUsersNoPortThatNobodyHasProven() async throws {
        func container(_ image: String, _ port: Int) -> JSONValue {
            let metrics: JSONValue = ["name": "metrics", "containerPort": .number(JSONNumber(port))]
            return ["name": "podinfod", "image": .string("stefanprodan/podinfo:\(image)"), "ports": [metrics]]
        }
        var canary = try Examples.shortCanary()
        canary[path: "spec", "service", "portDiscovery"] = true
        var target = try Examples.shortDeployment()
        target[path: "spec", "template", "spec", "containers"] = [container("3.1.0", 9_797)]
        let stage = try await Stage.initialised(canary: canary, target: target)
        stage.cluster.modify(.deployments, test) { target in
            target[path: "spec", "template", "spec", "containers"] = [container("3.1.1", 9_798)]
        }
        try await stage.run(stage.life()) { $0.canary[path: "status", "canaryWeight"]?.int == 25 }
        #expect(Self.ports(of: "podinfo-canary", stage) == ["http 80", "metrics 9798"])
        for name in ["podinfo", "podinfo-primary"] {
            #expect(Self.ports(of: name, stage) == ["http 80", "metrics 9797"])
        }
        try await stage.run(stage.life(), until: .succeeded)
        #expect(Self.ports(of: "podinfo", stage) == ["http 80", "metrics 9798"])
    }

    @Test func makesTheAutoscaler() async throws {
        var canary = try Examples.canary()
        canary[path: "spec", "autoscalerRef", "primaryScalerReplicas"] = ["minReplicas": 3, "maxReplicas": 9]
        let stage = try await Stage.initialised(canary: canary)
        var spec = try #require(Examples.object("autoscaler")["spec"])
        spec[path: "scaleTargetRef", "name"] = "podinfo-primary"
        spec["minReplicas"] = 3
        spec["maxReplicas"] = 9
        let expected: JSONValue = [
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "metadata": [
                "name": "podinfo-primary", "namespace": "test", "labels": ["canarygate.dev/managed": "true"],
                "ownerReferences": [Self.owner],
            ],
            "spec": spec,
        ]
        #expect(try Self.bare(stage.cluster.object(.autoscalers, Stage.primaryKey)) == expected)
    }

    @Test func makesTheRoute() async throws {
        let stage = try await Stage.initialised()
        let expected: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": [
                "name": "podinfo", "namespace": "test", "labels": ["canarygate.dev/managed": "true"],
                "annotations": Self.handsOff, "ownerReferences": [Self.owner],
            ],
            "spec": [
                "routes": [
                    [
                        "conditions": [["prefix": "/"]], "timeoutPolicy": ["response": "15s", "idle": "5m"],
                        "retryPolicy": ["count": 3, "perTryTimeout": "5s"],
                        "services": [
                            ["name": "podinfo-primary", "port": 80, "weight": 100],
                            ["name": "podinfo-canary", "port": 80, "weight": 0],
                        ],
                    ]
                ]
            ],
        ]
        #expect(try Self.bare(stage.proxy) == expected)
    }

    @Test func keepsThePrimarysPodsApartFromTheTargets() async throws {
        let stage = try Stage()
        let term: JSONValue = ["topologyKey": "zone", "labelSelector": ["matchLabels": ["app": "podinfo"]]]
        let other: JSONValue = ["topologyKey": "zone", "labelSelector": ["matchLabels": ["app": "redis"]]]
        let preferred: JSONValue = [
            "weight": 1,
            "podAffinityTerm": [
                "topologyKey": "host",
                "labelSelector": [
                    "matchExpressions": [["key": "app", "operator": "In", "values": ["podinfo", "redis"]]]
                ],
            ],
        ]
        stage.cluster.modify(.deployments, test) { target in
            target[path: "spec", "template", "spec", "affinity", "podAntiAffinity"] = [
                "requiredDuringSchedulingIgnoredDuringExecution": [term, other],
                "preferredDuringSchedulingIgnoredDuringExecution": [preferred],
            ]
            target[path: "spec", "template", "spec", "topologySpreadConstraints"] = [term]
        }
        await stage.round(stage.life())
        await stage.round(stage.life())
        let spec = try #require(stage.primary.template["spec"])
        let apart: JSONValue = [
            "topologyKey": "zone", "labelSelector": ["matchLabels": ["app": "podinfo-primary"]],
        ]
        let rules = spec[path: "affinity", "podAntiAffinity"]
        #expect(rules?["requiredDuringSchedulingIgnoredDuringExecution"] == [apart, other])
        let expressions = rules?["preferredDuringSchedulingIgnoredDuringExecution"]?[0]?[
            path: "podAffinityTerm",
            "labelSelector",
            "matchExpressions"
        ]
        #expect(expressions?[0]?["values"] == ["podinfo-primary", "redis"])
        #expect(spec["topologySpreadConstraints"] == [apart])
    }

    @Test func offersTheContainersOtherPorts() async throws {
        var canary = try Examples.canary()
        canary[path: "spec", "service", "portDiscovery"] = true
        let stage = try await Stage.initialised(canary: canary)
        let service = stage.cluster.object(.services, test)
        #expect(
            service?[path: "spec", "ports"] == [
                ["name": "http", "protocol": "TCP", "port": 80, "targetPort": 9_898],
                ["name": "http-metrics", "protocol": "TCP", "port": 9_797, "targetPort": 9_797],
                ["name": "grpc", "protocol": "TCP", "port": 9_999, "targetPort": 9_999],
            ]
        )
    }
}
