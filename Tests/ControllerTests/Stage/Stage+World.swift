import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

@testable import Controller

extension Stage {
    /// The revision of what a target says, its ConfigMaps and Secrets apart.
    func revision(of target: JSONValue) -> String { RevisionDigest.of(template: content(of: target)) }

    /// What a revision of a target is made of.
    func content(of target: JSONValue) -> JSONValue {
        targetType == .services ? ServiceCopy.content(of: target) : ScaleToZero.removed(from: target.template)
    }

    /// The controllers of autoscalers, Deployments and DaemonSets, and Contour, have a look.
    func settle() {
        scale()
        let time = clock.now().rfc3339
        for type in [ResourceType.deployments, .daemonSets] {
            let workloads = cluster.objects(type)
            let states = world.withLock { world in workloads.map { world.look(at: $0, time: time) } }
            for (workload, status) in zip(workloads, states) where workload["status"] != status {
                cluster.modify(type, workload.key) { $0["status"] = status }
            }
        }
        inspect(after: "settling")
        guard world.withLock({ $0.hasContour }) else { return }
        for proxy in cluster.objects(.httpProxies) {
            let status = Self.valid(proxy)
            if proxy["status"] != status { cluster.modify(.httpProxies, proxy.key) { $0["status"] = status } }
        }
        let share = exposure.most
        world.withLock { $0.canaryWeight = share }
        inspect(after: "settling")
    }

    /// Autoscalers keep the replicas between their bounds; KEDA's wake what has none, unless they are told how many it has.
    private func scale() {
        for type in [ResourceType.autoscalers, .scaledObjects] {
            for scaler in cluster.objects(type) {
                let name = scaler[path: "spec", "scaleTargetRef", "name"]?.string ?? ""
                let key = ObjectKey(namespace: scaler.namespace, name: name)
                guard let workload = cluster.object(.deployments, key) else { continue }
                let wanted = Self.replicas(of: workload, by: scaler, wakes: type == .scaledObjects)
                if wanted == workload.replicas { continue }
                cluster.modify(.deployments, key) { $0[path: "spec", "replicas"] = .number(JSONNumber(wanted)) }
            }
        }
    }

    private static func replicas(of workload: JSONValue, by scaler: JSONValue, wakes: Bool) -> Int {
        let spec = scaler["spec"]
        guard wakes else {
            if workload.replicas == 0 { return 0 }
            return max(spec?["minReplicas"]?.int ?? 1, min(workload.replicas, spec?["maxReplicas"]?.int ?? 100))
        }
        if let paused = scaler.annotation("autoscaling.keda.sh/paused-replicas").flatMap({ Int($0) }) { return paused }
        let least = max(1, spec?["minReplicaCount"]?.int ?? 0)
        return max(least, min(workload.replicas, spec?["maxReplicaCount"]?.int ?? 100))
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
    /// Makes the pods of `workload` what they must be and returns its status.
    mutating func look(at workload: JSONValue, time: String) -> JSONValue {
        let isDaemonSet = workload["kind"] == "DaemonSet"
        let template = isDaemonSet ? ScaleToZero.removed(from: workload.template) : workload.template
        let wanted = isDaemonSet ? ScaleToZero.isOn(workload) ? 0 : Self.nodes : workload.replicas
        let old = pods[workload.key]
        var now = old ?? Pods(template: template, count: 0, isAdmitted: false, wait: slowness)
        let isPaused = workload[path: "spec", "paused"]?.bool ?? false
        let isNew = old == nil || now.template != template
        if isNew || now.count == 0, !isPaused {
            now.template = template
            now.isAdmitted = false
            now.wait = slowness
            if canaryWeight > 0, workload.key == Stage.key, wanted > 0 {
                faults.append("new pods of the target while it has \(canaryWeight) percent of the traffic")
            }
        } else if now.wait > 0 {
            now.wait -= 1
        }
        if !isPaused, workload.annotation(GateAnnotations.gate) == GateAnnotations.open,
            workload.annotation(GateAnnotations.revision) == RevisionDigest.of(template: template)
        {
            now.isAdmitted = true
        }
        now.count = isPaused && old?.count ?? 0 == 0 ? 0 : wanted
        let isBroken =
            brokenImages.contains(now.template.image)
            || workload.key == Stage.primaryKey && brokenPrimaryImages.contains(now.template.image)
        now.available = now.wait > 0 || isBroken ? 0 : now.count
        pods[workload.key] = now
        if isDaemonSet { return Self.status(ofDaemonSet: workload, now) }
        return status(of: workload, now, isBroken: isBroken, time: time)
    }

    /// How many nodes there are.
    private static let nodes = 2

    private static func status(ofDaemonSet set: JSONValue, _ pods: Pods) -> JSONValue {
        let count = JSONValue.number(JSONNumber(pods.count))
        return [
            "observedGeneration": .number(JSONNumber(set.generation)), "desiredNumberScheduled": count,
            "currentNumberScheduled": count, "updatedNumberScheduled": count,
            "numberAvailable": .number(JSONNumber(pods.available)),
        ]
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
