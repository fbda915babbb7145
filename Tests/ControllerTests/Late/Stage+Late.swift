import Controller
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

/// What goes past the gate, ConfigMaps, and deletions.
extension Stage {
    static let config = ObjectKey(namespace: "test", name: "podinfo-config")

    /// A Deployment with little in it that reads the ConfigMap `podinfo-config`.
    static func configuredDeployment() throws -> JSONValue {
        var deployment = try Examples.shortDeployment()
        let container: JSONValue = [
            "name": "podinfod", "image": "stefanprodan/podinfo:3.1.0",
            "envFrom": [["configMapRef": ["name": "podinfo-config"]]],
        ]
        deployment[path: "spec", "template", "spec", "containers"] = [container]
        return deployment
    }

    /// Stores the ConfigMap, with what admission writes on it when its data change.
    func setConfig(_ color: String, by user: String = "ada") {
        var config: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "podinfo-config", "namespace": "test"],
            "data": ["color": .string(color)],
        ]
        if let stored = cluster.object(.configMaps, Self.config) {
            config["metadata"] = stored["metadata"]
            config[path: "metadata", "annotations"] = [
                GateAnnotations.change: "configmap/podinfo-config: key color",
                GateAnnotations.requestedBy: .string(user),
                GateAnnotations.requestedAt: .string(clock.now().rfc3339),
            ]
        }
        cluster.put(.configMaps, config)
    }

    /// What the target serves is proven, with its ConfigMap as it is now.
    func proveTarget() {
        let config = cluster.object(.configMaps, Self.config) ?? .null
        let digests = ["configmap/podinfo-config": ConfigDigest.of(config)]
        let revision = RevisionDigest.of(template: target.template, configs: digests)
        world.withLock { _ = $0.proven.insert(revision) }
    }

    /// What `kubectl set image` writes of itself where the API server keeps managed fields.
    func noteManager(_ name: String, at time: Timestamp) {
        cluster.modify(.deployments, Self.key) { target in
            target[path: "metadata", "managedFields"] = [
                [
                    "manager": .string(name), "operation": "Update", "time": .string(time.rfc3339),
                    "fieldsV1": ["f:spec": ["f:template": ["f:spec": [:]]]],
                ]
            ]
        }
    }

    /// The Canary is deleted, and the loop goes on until it is gone.
    func deleteCanary(_ life: Life? = nil) async throws {
        try await cluster.delete(.canaries, Self.key)
        try await seeItGone(life ?? self.life())
    }

    /// Rounds until the Canary is gone, the clock moved to each next look.
    func seeItGone(_ life: Life) async throws {
        for _ in 0..<100 where cluster.object(.canaries, Self.key) != nil {
            if case .after(let pause) = await round(life) { clock.advance(by: min(pause, .seconds(60))) }
        }
        settle()
    }

    /// What is wrong with the cluster after the Canary is gone, where the revision with the image `tag` was proven.
    func leftovers(tag: String = "3.1.0") -> [String] {
        var faults = self.faults
        func expect(_ isSo: Bool, _ fault: String) { if !isSo { faults.append(fault) } }
        expect(cluster.object(.canaries, Self.key) == nil, "the Canary is there: \(canary["status"]?.text ?? "")")
        expect(target.template.image == "stefanprodan/podinfo:\(tag)", "the target has \(target.template.image)")
        expect(target.replicas > 0, "the target has no pods")
        expect(target[path: "spec", "paused"]?.bool != true, "the target is paused")
        expect(world.withLock { $0.pods[Self.key]?.available ?? 0 } > 0, "no pod of the target serves")
        let stamps = target[path: "metadata", "annotations"]?.object?.keys.filter { $0.hasPrefix("canarygate.dev/") }
        expect((stamps ?? []).isEmpty, "the target is stamped \(stamps ?? [])")
        expect(cluster.object(.deployments, Self.primaryKey) == nil, "the primary is there")
        if let apex = cluster.object(.services, Self.key) {
            expect(apex[path: "spec", "selector", "app"] == "podinfo", "the Service leads elsewhere")
            expect(apex[path: "metadata", "ownerReferences"] == nil, "the Service has an owner")
        }
        for route in cluster.object(.httpProxies, Self.key)?[path: "spec", "routes"]?.array ?? [] {
            let names = (route["services"]?.array ?? []).map { $0["name"]?.string ?? "" }
            expect(names == ["podinfo"], "the route leads to \(names)")
        }
        return faults
    }
}
