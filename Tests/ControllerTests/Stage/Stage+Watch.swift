import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport

@testable import Controller

/// What must never be, whoever dies when.
extension Stage {
    /// Looks for it.
    func inspect(after operation: String) {
        let (canary, target, primary, proxy) = (canary, target, primary, proxy)
        let (exposure, isAway, revision) = (exposure, isTargetAway, revision(of: target))
        world.withLock { world in
            var faults = world.faultsInRoute(proxy, exposure, isTargetAway: isAway)
            faults += world.faultsInExposure(exposure, canary)
            faults += world.faultsInPrimary(primary, canary, target, revision)
            faults += world.faultsInCounting(canary)
            faults += world.faultsInHandOver(cluster.object(.services, Self.key), canary)
            if canary[path: "status", "phase"] == "Initializing", isAway, targetType == .deployments {
                faults += faultsInInitialisation(world)
            }
            world.faults += faults.map { "\($0), after \(operation)" }
        }
    }

    /// Whether the target is kept from having pods or, where it is a Service, from taking requests.
    var isTargetAway: Bool {
        switch targetType {
        case .daemonSets: ScaleToZero.isOn(target)
        case .services: gated.annotation(ServiceCopy.replicas) ?? "0" == "0"
        default: target.replicas == 0
        }
    }

    private func faultsInInitialisation(_ world: World) -> [String] {
        var faults: [String] = []
        if world.pods[Self.primaryKey]?.available ?? 0 == 0 { faults.append("target at 0 before the primary serves") }
        let apex = cluster.object(.services, Self.key)
        if apex?[path: "spec", "selector", "app"] != "podinfo-primary" {
            faults.append("target at 0 before its Service leads to the primary")
        }
        if canary[path: "spec", "provider"] != "kubernetes", proxy[path: "status", "currentStatus"] != "valid" {
            faults.append("target at 0 before the route is valid")
        }
        return faults
    }

    /// What has the gate: the target or, where that is a Service, the copy of it that may take requests.
    private var gated: JSONValue {
        guard targetType == .services else { return target }
        return cluster.object(.services, "test", "podinfo-canary") ?? .null
    }

    /// Whether `event` tells of something that is so.
    func judge(_ event: RolloutEvent) {
        if !isTrue(event.message) { world.withLock { $0.faults.append("untrue: \(event.message)") } }
    }

    private func isTrue(_ message: String) -> Bool {
        let weight = exposure.share
        let number = Int(message.split(separator: " ").last ?? "") ?? -1
        func says(_ words: String) -> Bool { message.contains(words) }
        if says("canary weight") { return weight == number }
        if says("primary weight") { return weight == 100 - number }
        if says("Routing all traffic to primary") { return weight == 0 }
        if says("threshold reached") { return failedChecks == number }
        if says("Starting canary analysis") || says("New revision detected!") { return phase == "Progressing" }
        if says("success rate") || says("failed check") { return failedChecks > 0 }
        if says("Copying") { return phase == "Promoting" }
        if says("Initialization done!") { return phase == "Initialized" && isTargetAway }
        if says("there is nothing to analyse") { return gated.annotation(GateAnnotations.gate) == "open" }
        if says("Canary failed!") { return phase == "Failed" && isTargetAway }
        guard says("Promotion completed!") else { return true }
        let promoted = canary[path: "status", "lastPromotedSpec"]?.string
        return phase == "Succeeded" && isTargetAway
            && primary.annotation(GateAnnotations.revision) == promoted
    }
}

extension World {
    fileprivate func faultsInRoute(_ proxy: JSONValue, _ exposure: Exposure, isTargetAway: Bool) -> [String] {
        var faults: [String] = []
        for route in proxy[path: "spec", "routes"]?.array ?? [] {
            let services = (route["services"]?.array ?? []).filter { $0["mirror"]?.bool != true }
            let weights = services.map { $0["weight"]?.int ?? 0 }
            if services.count > 1, weights.reduce(0, +) != 100 { faults.append("weights \(weights)") }
        }
        guard exposure.most > 0 else { return faults }
        let hasPods = pods[Stage.key].map { $0.isAdmitted && $0.available > 0 } ?? true
        if !hasPods || isTargetAway {
            faults.append("traffic for a canary without admitted pods that are ready")
        }
        return faults
    }

    /// Whether the revision under analysis gets more than before and more than its step.
    fileprivate mutating func faultsInExposure(_ exposure: Exposure, _ canary: JSONValue) -> [String] {
        let (before, allowed) = (self.exposure, Exposure(allowedBy: canary))
        self.exposure = exposure
        if let image = pods[Stage.key]?.template.image, provenImages.contains(image) { return [] }
        func isMore(_ part: KeyPath<Exposure, Int>) -> Bool {
            exposure[keyPath: part] > max(before[keyPath: part], allowed[keyPath: part])
        }
        return isMore(\.share) || isMore(\.picked) || isMore(\.copies)
            ? ["\(exposure) for a revision at \(allowed)"] : []
    }

    fileprivate mutating func faultsInPrimary(
        _ primary: JSONValue,
        _ canary: JSONValue,
        _ target: JSONValue,
        _ revision: String
    ) -> [String] {
        if canary[path: "status", "phase"] == "Promoting", let passed = canary[path: "status", "lastAppliedSpec"] {
            proven.insert(passed.string ?? "")
            if RevisionDigest.template(of: passed.string ?? "") == revision {
                provenImages.insert(target.template.image)
            }
        }
        guard let held = primary.annotation(GateAnnotations.revision) else { return [] }
        if proven.contains(held) { provenImages.insert(primary.template.image) }
        return proven.contains(held) ? [] : ["the primary holds the unproven \(held) \(primary.template.image)"]
    }

    fileprivate mutating func faultsInCounting(_ canary: JSONValue) -> [String] {
        let count = canary[path: "status", "failedChecks"]?.int ?? 0
        defer { failedChecks = count }
        return count <= failedChecks + 1 && (count >= failedChecks || count == 0)
            ? [] : ["failed checks \(failedChecks), then \(count)"]
    }

    /// Whether what users call leads to pods of the target that nobody has proven.
    fileprivate func faultsInHandOver(_ apex: JSONValue?, _ canary: JSONValue) -> [String] {
        // Without a proxy that is how all traffic goes to the canary, which is looked at elsewhere.
        let isPlain = canary[path: "spec", "provider"] == "kubernetes"
        guard !isPlain, apex?[path: "spec", "selector", "app"] == "podinfo", let pods = pods[Stage.key], pods.count > 0,
            !provenImages.contains(pods.template.image)
        else { return [] }
        return ["users reach the unproven \(pods.template.image)"]
    }
}
