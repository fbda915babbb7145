import Controller
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

/// What must never be, whoever dies when.
extension Stage {
    /// Looks for it.
    func inspect(after operation: String) {
        let (canary, target, primary, proxy) = (canary, target, primary, proxy)
        world.withLock { world in
            var faults = world.faultsInRoute(proxy, target)
            faults += world.faultsInPrimary(primary, canary, target)
            faults += world.faultsInCounting(canary)
            faults += world.faultsInHandOver(cluster.object(.services, Self.key), proxy)
            if canary[path: "status", "phase"] == "Initializing", target.replicas == 0 {
                faults += faultsInInitialisation(world)
            }
            world.faults += faults.map { "\($0), after \(operation)" }
        }
    }

    private func faultsInInitialisation(_ world: World) -> [String] {
        var faults: [String] = []
        if world.pods[Self.primaryKey]?.available ?? 0 == 0 { faults.append("target at 0 before the primary serves") }
        let apex = cluster.object(.services, Self.key)
        if apex?[path: "spec", "selector", "app"] != "podinfo-primary" {
            faults.append("target at 0 before its Service leads to the primary")
        }
        if proxy[path: "status", "currentStatus"] != "valid" { faults.append("target at 0 before the route is valid") }
        return faults
    }

    /// Whether `event` tells of something that is so.
    func judge(_ event: RolloutEvent) {
        if !isTrue(event.message) { world.withLock { $0.faults.append("untrue: \(event.message)") } }
    }

    private func isTrue(_ message: String) -> Bool {
        let weight = proxy.weights.last ?? 0
        let number = Int(message.split(separator: " ").last ?? "") ?? -1
        func says(_ words: String) -> Bool { message.contains(words) }
        if says("canary weight") { return weight == number }
        if says("primary weight") { return weight == 100 - number }
        if says("Routing all traffic to primary") { return weight == 0 }
        if says("threshold reached") { return failedChecks == number }
        if says("Starting canary analysis") || says("New revision detected!") { return phase == "Progressing" }
        if says("success rate") || says("failed check") { return failedChecks > 0 }
        if says("Copying") { return phase == "Promoting" }
        if says("Initialization done!") { return phase == "Initialized" && target.replicas == 0 }
        if says("there is nothing to analyse") { return target.annotation(GateAnnotations.gate) == "open" }
        if says("Canary failed!") { return phase == "Failed" && target.replicas == 0 }
        guard says("Promotion completed!") else { return true }
        let promoted = canary[path: "status", "lastPromotedSpec"]?.string
        return phase == "Succeeded" && target.replicas == 0
            && primary.annotation(GateAnnotations.revision) == promoted
    }
}

extension World {
    fileprivate func faultsInRoute(_ proxy: JSONValue, _ target: JSONValue) -> [String] {
        guard !proxy.weights.isEmpty, proxy.firstService != "podinfo" else { return [] }
        var faults: [String] = []
        if proxy.weights.reduce(0, +) != 100 { faults.append("weights \(proxy.weights)") }
        guard proxy.weights.last ?? 0 > 0 else { return faults }
        let pods = pods[Stage.key]
        if pods?.isAdmitted != true || pods?.available ?? 0 == 0 || target.replicas == 0 {
            faults.append("traffic for a canary without admitted pods that are ready")
        }
        return faults
    }

    fileprivate mutating func faultsInPrimary(
        _ primary: JSONValue,
        _ canary: JSONValue,
        _ target: JSONValue
    ) -> [String] {
        if canary[path: "status", "phase"] == "Promoting", let passed = canary[path: "status", "lastAppliedSpec"] {
            proven.insert(passed.string ?? "")
            let revision = RevisionDigest.of(template: target.template)
            if RevisionDigest.template(of: passed.string ?? "") == revision {
                provenImages.insert(target.template.image)
            }
        }
        guard let revision = primary.annotation(GateAnnotations.revision) else { return [] }
        if proven.contains(revision) { provenImages.insert(primary.template.image) }
        return proven.contains(revision) ? [] : ["the primary holds the unproven \(primary.template.image)"]
    }

    fileprivate mutating func faultsInCounting(_ canary: JSONValue) -> [String] {
        let count = canary[path: "status", "failedChecks"]?.int ?? 0
        defer { failedChecks = count }
        return count <= failedChecks + 1 && (count >= failedChecks || count == 0)
            ? [] : ["failed checks \(failedChecks), then \(count)"]
    }

    /// Whether what users call leads to pods of the target that nobody has proven.
    fileprivate func faultsInHandOver(_ apex: JSONValue?, _ proxy: JSONValue) -> [String] {
        guard apex?[path: "spec", "selector", "app"] == "podinfo", let pods = pods[Stage.key], pods.count > 0,
            !provenImages.contains(pods.template.image)
        else { return [] }
        return ["users reach the unproven \(pods.template.image)"]
    }
}
