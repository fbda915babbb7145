import ContourAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

extension Stage {
    /// The revision of a Deployment's template.
    func revision(of deployment: JSONValue) -> String { RevisionDigest.of(template: deployment.template) }

    /// The Deployments' controller and Contour have a look.
    func settle() {
        let deployments = cluster.objects(.deployments)
        let time = clock.now()
        let states = world.withLock { world in deployments.map { world.look(at: $0, time: time.rfc3339) } }
        for (deployment, status) in zip(deployments, states) where deployment["status"] != status {
            cluster.modify(.deployments, deployment.key) { $0["status"] = status }
        }
        inspect(after: "settling")
        guard world.withLock({ $0.hasContour }) else { return }
        for proxy in cluster.objects(.httpProxies) {
            let status = Self.valid(proxy)
            if proxy["status"] != status { cluster.modify(.httpProxies, proxy.key) { $0["status"] = status } }
        }
        let weight = proxy.weights.last ?? 0
        world.withLock { $0.canaryWeight = weight }
        inspect(after: "settling")
    }

    /// Contour's word on a proxy that it is content with.
    private static func valid(_ proxy: JSONValue) -> JSONValue {
        [
            "currentStatus": "valid",
            "conditions": [
                [
                    "type": "Valid", "status": "True", "reason": "Valid",
                    "observedGeneration": .number(JSONNumber(proxy.generation)),
                ]
            ],
        ]
    }
}

extension World {
    /// Makes the pods of `deployment` what they must be and returns its status.
    mutating func look(at deployment: JSONValue, time: String) -> JSONValue {
        let old = pods[deployment.key]
        var now =
            old ?? Pods(template: deployment.template, count: 0, isAdmitted: false, wait: slowness)
        let isPaused = deployment[path: "spec", "paused"]?.bool ?? false
        let isNew = old == nil || now.template != deployment.template
        if isNew || now.count == 0, !isPaused {
            now.template = deployment.template
            now.isAdmitted = false
            now.wait = slowness
            if canaryWeight > 0, deployment.key == Stage.key, deployment.replicas > 0 {
                faults.append("new pods of the target while it has \(canaryWeight) percent of the traffic")
            }
        } else if now.wait > 0 {
            now.wait -= 1
        }
        if !isPaused, deployment.annotation(GateAnnotations.gate) == GateAnnotations.open,
            deployment.annotation(GateAnnotations.revision) == RevisionDigest.of(template: deployment.template)
        {
            now.isAdmitted = true
        }
        now.count = isPaused && old?.count ?? 0 == 0 ? 0 : deployment.replicas
        let isBroken = brokenImages.contains(now.template.image)
        now.available = now.wait > 0 || isBroken ? 0 : now.count
        pods[deployment.key] = now
        return status(of: deployment, now, isBroken: isBroken, time: time)
    }

    private func status(of deployment: JSONValue, _ pods: Pods, isBroken: Bool, time: String) -> JSONValue {
        let updated = pods.template == deployment.template ? pods.count : 0
        var status: JSONValue = [
            "observedGeneration": .number(JSONNumber(deployment.generation)),
            "replicas": .number(JSONNumber(pods.count)),
            "updatedReplicas": .number(JSONNumber(updated)),
            "availableReplicas": .number(JSONNumber(pods.available)),
        ]
        if pods.count > 0, isBroken {
            let stored = deployment[path: "status", "conditions"]?[0]
            status["conditions"] = [
                stored ?? [
                    "type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
                    "lastUpdateTime": .string(time),
                ]
            ]
        }
        return status
    }
}
