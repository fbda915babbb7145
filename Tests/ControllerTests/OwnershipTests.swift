import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// Objects of others that stand where one of the loop's belongs.
@Suite(.timeLimit(.minutes(1))) struct OwnershipTests {
    private static let release: JSONValue = [
        "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "name": "web", "uid": "release-uid",
        "controller": true,
    ]

    private static func object(_ type: ResourceType, _ name: String, ownedBy owner: JSONValue?) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": .string(type.apiVersion), "kind": .string(type.kind),
            "metadata": ["name": .string(name), "namespace": "test"], "spec": ["mine": true],
        ]
        if let owner { object[path: "metadata", "ownerReferences"] = [owner] }
        return object
    }

    static let places: [(ResourceType, String, JSONValue?, String)] = [
        (.deployments, "podinfo-primary", nil, "deployment podinfo-primary.test is owned by nobody"),
        (
            .autoscalers, "podinfo-primary", release,
            "HorizontalPodAutoscaler podinfo-primary.test is owned by HelmRelease web"
        ),
        (.services, "podinfo-primary", nil, "Service podinfo-primary.test is owned by nobody"),
        (.services, "podinfo-canary", release, "Service podinfo-canary.test is owned by HelmRelease web"),
        (.services, "podinfo", release, "Service podinfo.test is owned by HelmRelease web"),
        (.httpProxies, "podinfo", nil, "HTTPProxy podinfo.test is owned by nobody"),
        (
            .deployments, "podinfo-primary", ["kind": "Canary", "name": "podinfo", "uid": "another"],
            "deployment podinfo-primary.test is owned by an earlier Canary podinfo"
        ),
    ]

    @Test(arguments: places)
    func leavesForeignObjectsAlone(type: ResourceType, name: String, owner: JSONValue?, words: String) async throws {
        let stage = try Stage()
        stage.cluster.put(type, Self.object(type, name, ownedBy: owner))
        let before = stage.cluster.object(type, "test", name)?["spec"]
        let life = stage.life()
        for _ in 0..<5 { await stage.round(life) }
        #expect(stage.outside.messages == ["\(words), not this Canary's, and is left alone"])
        #expect(stage.cluster.object(type, "test", name)?["spec"] == before)
        #expect(stage.target.replicas == 2)
        #expect(stage.phase.isEmpty)
    }

    @Test func goesOnOnceTheForeignObjectIsGone() async throws {
        let stage = try Stage()
        stage.cluster.put(.httpProxies, Self.object(.httpProxies, "podinfo", ownedBy: nil))
        let life = stage.life()
        await stage.round(life)
        await stage.round(life)
        stage.cluster.remove(.httpProxies, test)
        try await stage.run(life, until: .initialized)
        #expect(stage.faults.isEmpty)
    }
}
