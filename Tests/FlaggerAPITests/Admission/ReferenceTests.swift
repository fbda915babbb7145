import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

@Suite struct ReferenceTests {
    private func texts(_ canary: JSONValue, in view: ClusterView) -> [String] {
        CanaryRules.findings(in: canary, among: view).map { "\($0.severity) \($0.text)" }
    }

    private let deployment: JSONValue = [
        "metadata": ["name": "podinfo", "namespace": "test"],
        "spec": [
            "template": [
                "spec": [
                    "containers": [
                        [
                            "name": "podinfod",
                            "ports": [
                                ["containerPort": 9898, "name": "http"], ["containerPort": 9797, "name": "metrics"],
                            ],
                        ]
                    ]
                ]
            ]
        ],
    ]

    @Test func saysNothingWhenAllIsThere() {
        var view = ClusterView()
        view.set(.deployments, deployment)
        view.set(.canaries, CanaryFixture.good)
        #expect(texts(CanaryFixture.good, in: view).isEmpty)
    }

    @Test func saysNothingAboutKindsThatAreNotWatched() {
        #expect(texts(CanaryFixture.good, in: ClusterView()).isEmpty)
    }

    @Test func warnsOfAMissingTarget() {
        let view = ClusterView([.deployments: [:]])
        #expect(
            texts(CanaryFixture.good, in: view) == [
                "warn spec.targetRef.name: no such Deployment yet; apply it too [canary/target-missing]"
            ]
        )
    }

    @Test func refusesASecondCanaryOfATarget() throws {
        var view = ClusterView()
        view.set(.canaries, CanaryFixture.good)
        let second = try CanaryFixture.edited([("/metadata/name", "another")])
        #expect(
            texts(second, in: view) == [
                """
                deny spec.targetRef.name: the Canary podinfo rolls out this Deployment already, and both would undo \
                each other's work; name another Deployment, or delete the Canary podinfo [canary/target-taken]
                """
            ]
        )
    }

    @Test func allowsTheSameTargetInAnotherNamespace() throws {
        var view = ClusterView()
        view.set(.canaries, CanaryFixture.good)
        let other = try CanaryFixture.edited([("/metadata/name", "another"), ("/metadata/namespace", "prod")])
        #expect(texts(other, in: view).isEmpty)
    }

    @Test func warnsOfAMissingAutoscaler() throws {
        let view = ClusterView([.autoscalers: [:]])
        let canary = try CanaryFixture.edited([
            (
                "/spec/autoscalerRef",
                ["apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo"]
            )
        ])
        #expect(
            texts(canary, in: view) == [
                """
                warn spec.autoscalerRef.name: no such HorizontalPodAutoscaler yet; apply it too \
                [canary/autoscaler-missing]
                """
            ]
        )
    }

    @Test(arguments: [true, false]) func refusesALabelThatLeavesNoRoomForThePrimarys(isDriven: Bool) throws {
        var target = deployment
        target[path: "spec", "selector", "matchLabels"] = ["app": .string(String(repeating: "a", count: 56))]
        var view = ClusterView()
        view.set(.deployments, target)
        #expect(
            CanaryRules.findings(in: CanaryFixture.good, among: view, isDriven: isDriven).map(\.text).contains(
                """
                spec.targetRef.name: its label app has 56 characters, so "-primary" does not fit behind it; make the \
                Deployment anew with at most 55 [canary/name-too-long]
                """
            )
        )
        target[path: "spec", "selector", "matchLabels"] = ["app": .string(String(repeating: "a", count: 55))]
        view.set(.deployments, target)
        #expect(texts(CanaryFixture.good, in: view).isEmpty)
    }

    @Test func warnsOfAPrimaryThatStopsAtEachPromotion() throws {
        var target = deployment
        target[path: "spec", "strategy"] = ["type": "Recreate"]
        var view = ClusterView()
        view.set(.deployments, target)
        let words =
            "warn spec.targetRef.name: Recreate stops the whole primary at each promotion; use RollingUpdate "
            + "[canary/recreate]"
        #expect(texts(CanaryFixture.good, in: view) == [words])
    }

    @Test func saysWhatBecomesOfADaemonSetThatIsReplacedByHand() throws {
        let reference: JSONValue = ["apiVersion": "apps/v1", "kind": "DaemonSet", "name": "podinfo"]
        let canary = try CanaryFixture.edited([("/spec/targetRef", reference)])
        var target = deployment
        target["kind"] = "DaemonSet"
        target[path: "spec", "updateStrategy"] = ["type": "OnDelete"]
        var view = ClusterView()
        view.set(.daemonSets, target)
        #expect(texts(canary, in: view).filter { $0.contains("daemonset-rolls") }.count == 1)
        #expect(
            CanaryRules.findings(in: canary, among: view, isDriven: false).map(\.rule).contains(
                "canary/daemonset-on-delete"
            )
        )
        // What the gate has set is not the team's.
        target[path: "metadata", "annotations", "canarygate.dev/update-strategy"] = "{}"
        view.set(.daemonSets, target)
        #expect(texts(canary, in: view).filter { $0.contains("daemonset-rolls") }.isEmpty)
    }

    @Test func warnsOfAPortThatNoContainerHas() throws {
        var view = ClusterView()
        view.set(.deployments, deployment)
        let canary = try CanaryFixture.edited([("/spec/service/targetPort", "htp")])
        #expect(
            texts(canary, in: view) == [
                """
                warn spec.service.targetPort: no container has this port; did you mean "http"? \
                [canary/target-port-missing]
                """
            ]
        )
        let named = try CanaryFixture.edited([("/spec/service/targetPort", "http")])
        #expect(texts(named, in: view).isEmpty)
    }

    @Test(
        arguments: [
            ["volumes": [["configMap": ["name": "settings"]]]],
            ["volumes": [["projected": ["sources": [["secret": ["name": "token"]]]]]]],
            ["containers": [["envFrom": [["configMapRef": ["name": "settings"]]]]]],
            ["initContainers": [["env": [["valueFrom": ["secretKeyRef": ["name": "token", "key": "t"]]]]]]],
        ] as [JSONValue]
    )
    func saysNothingOfConfigsThatTheLoopTracks(spec: JSONValue) throws {
        var target = deployment
        target[path: "spec", "template", "spec"] = spec
        var view = ClusterView()
        view.set(.deployments, target)
        #expect(texts(CanaryFixture.good, in: view) == [])
        #expect(CanaryRules.findings(in: CanaryFixture.good, among: view, isDriven: false).isEmpty)
    }

    @Test func refusesAnothersPrimary() throws {
        var view = ClusterView()
        view.set(.canaries, CanaryFixture.good)
        let second = try CanaryFixture.edited([
            ("/metadata/name", "another"), ("/spec/targetRef/name", "podinfo-primary"), ("/spec/service/name", "web"),
        ])
        #expect(
            texts(second, in: view) == [
                """
                deny spec.targetRef.name: serves the live traffic of the Canary podinfo; name a workload of your own \
                [canary/target-is-primary]
                """
            ]
        )
    }

    @Test(arguments: ["podinfo", "podinfo-canary"]) func refusesAnothersServices(name: String) throws {
        var view = ClusterView()
        view.set(.canaries, CanaryFixture.good)
        let second = try CanaryFixture.edited([
            ("/metadata/name", "another"), ("/spec/targetRef/name", "web"), ("/spec/service/name", .string(name)),
        ])
        #expect(
            texts(second, in: view) == [
                """
                deny spec.service.name: the Canary podinfo makes Services named podinfo, podinfo-primary and \
                podinfo-canary; write another name [canary/service-taken]
                """
            ]
        )
    }

    @Test func warnsOfARouteThatTheLoopDidNotMake() throws {
        var view = ClusterView()
        let root: JSONValue = [
            "metadata": ["name": "root", "namespace": "test"], "spec": ["includes": [["name": "podinfo"]]],
        ]
        view.set(.httpProxies, root)
        var proxy: JSONValue = ["metadata": ["name": "podinfo", "namespace": "test"]]
        view.set(.httpProxies, proxy)
        #expect(
            texts(CanaryFixture.good, in: view) == [
                "warn spec.service.name: HTTPProxy podinfo is not this Canary's; rename one of them [canary/route-taken]"
            ]
        )
        proxy[path: "metadata", "annotations"] = [Handover.leftBy: "podinfo"]
        view.set(.httpProxies, proxy)
        #expect(texts(CanaryFixture.good, in: view).isEmpty)
        proxy[path: "metadata", "ownerReferences"] = [["kind": "Release", "name": "podinfo"]]
        view.set(.httpProxies, proxy)
        #expect(texts(CanaryFixture.good, in: view).count == 1)
        proxy[path: "metadata", "ownerReferences"] = [["kind": "Canary", "name": "podinfo", "controller": true]]
        view.set(.httpProxies, proxy)
        #expect(texts(CanaryFixture.good, in: view).isEmpty)
    }
}
